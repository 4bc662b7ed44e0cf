package dev.leasehold.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.database.Fixture;
import dev.leasehold.retention.RemoveRuns;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Database;
import dev.leasehold.tenant.Caller;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How far a pass goes, and where the next one begins. */
class RetentionTest {

    private static final UUID TENANT = new UUID(0, 9);

    private final Fixture queue = new Fixture(Database.H2);
    private final Steps steps = new Steps();
    private String days = "30";

    RetentionTest() {
        queue.put(RemoveRuns.class, steps);
        queue.put(Settings.class, new Settings(key -> key.equals("leasehold.retention-days") ? days : null));
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void itIsSwitchedOffByNoDays() {
        days = "0";

        assertThat(pass()).isZero();

        assertThat(steps.asked).isEmpty();
    }

    @Test
    void aPassGoesOnUntilAllWasGoneThroughAndTheNextBeginsAnew() {
        steps.answers.add(step(3, 1));
        steps.answers.add(step(0, 2));

        assertThat(pass()).isEqualTo(3);
        pass();

        assertThat(steps.asked)
                .extracting(RemoveRuns.Stretch::after)
                .containsExactly(RemoveRuns.Place.START, place(1), place(2), RemoveRuns.Place.START);
        assertThat(steps.asked).allSatisfy(asked -> {
            assertThat(asked.most()).isEqualTo(Retention.STEP);
            assertThat(asked.endedBefore()).isEqualTo(queue.clock.instant().minus(Duration.ofDays(30)));
        });
    }

    @Test
    void aPassEndsWhenItDidEnoughAndTheNextGoesOn() {
        for (int i = 1; i <= 6; i++) {
            steps.answers.add(step(Retention.STEP, i));
        }

        assertThat(pass()).isEqualTo(Retention.MOST);
        assertThat(pass()).isEqualTo(Retention.STEP);

        assertThat(steps.asked.get(5).after()).isEqualTo(place(5));
    }

    @Test
    void aPassThatFindsNothingEndsToo() {
        for (int i = 1; i <= 99; i++) {
            steps.answers.add(step(0, i));
        }

        assertThat(pass()).isZero();

        assertThat(steps.asked).hasSize(50);
    }

    @Test
    void whatFailsIsTriedWithFewerAndTheSamePlace() {
        steps.failures = 2;
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(this::pass).hasMessage("planted");
        }
        steps.answers.add(step(1, 1));

        pass();

        assertThat(steps.asked).extracting(RemoveRuns.Stretch::most).containsExactly(1000, 125, 15, 30);
        assertThat(steps.asked.subList(0, 3))
                .extracting(RemoveRuns.Stretch::after)
                .containsOnly(RemoveRuns.Place.START);
    }

    private int pass() {
        return queue.get(Retention.class).pass();
    }

    private static RemoveRuns.Place place(int run) {
        return new RemoveRuns.Place(TENANT, new UUID(0, run));
    }

    private static RemoveRuns.Removed step(int removed, int next) {
        return new RemoveRuns.Removed(removed, place(next));
    }

    /** Answers what it was given, and then that all has been gone through. */
    private static final class Steps extends RemoveRuns {

        private final List<Stretch> asked = new ArrayList<>();
        private final Queue<Removed> answers = new ArrayDeque<>();
        private int failures;

        @Override
        public List<Removed> execute(Caller caller, List<Stretch> stretches) {
            asked.addAll(stretches);
            if (failures-- > 0) {
                throw new IllegalStateException("planted");
            }
            Removed answer = answers.poll();
            return List.of(answer == null ? new Removed(0, null) : answer);
        }
    }
}
