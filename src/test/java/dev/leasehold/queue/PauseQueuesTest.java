package dev.leasehold.queue;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.run.RunEvent;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Database;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class PauseQueuesTest {

    private final Fixture queue;

    PauseQueuesTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void whileEverythingIsPausedNothingIsClaimedAndNothingBecomesReady() {
        queue.run(NewTask.of("mail"));
        queue.run(NewTask.of("mail").scheduledAt(START.plusSeconds(1)));
        queue.clock.set(START.plusSeconds(1));

        assertThat(pause(null)).isTrue();
        assertThat(pause(null)).isFalse();
        assertThat(queue.claim(5, "mail")).isEmpty();
        assertThat(queue.promote(5)).isZero();
        assertThat(queue.in(() -> queue.get(Pauses.class).ofEverything(CALLER))
                        .orElseThrow()
                        .pausedAt())
                .isEqualTo(START.plusSeconds(1));

        assertThat(resume(null)).isTrue();
        assertThat(resume(null)).isFalse();
        assertThat(queue.promote(5)).isEqualTo(1);
        assertThat(queue.claim(5, "mail")).hasSize(2);
    }

    @Test
    void whatIsSubmittedWhileEverythingIsPausedWaitsForItsEnd() {
        pause(null);
        UUID run = queue.run(NewTask.of("mail").priority(3));

        assertThat(queue.row(run).state()).isEqualTo(RunState.SCHEDULED);
        assertThat(queue.events(run)).extracting(RunEvent::type).containsExactly("run.submitted");
        assertThat(queue.promote(5)).isZero();
        resume(null);
        assertThat(queue.promote(5)).isEqualTo(1);
        assertThat(queue.claim(5, "mail")).hasSize(1);

        pause("default");
        assertThat(queue.row(queue.run(NewTask.of("mail"))).state()).isEqualTo(RunState.READY);
    }

    @Test
    void aPausedQueueIsPassedByWhileOthersAreServed() {
        queue.run(NewTask.of("mail").queue("slow").priority(9));
        queue.run(NewTask.of("mail").queue("fast"));

        assertThat(pause("slow")).isTrue();
        assertThat(queue.claim(5, "mail")).extracting(one -> one.queue()).containsExactly("fast");
        assertThat(resume(null)).isFalse();
        assertThat(queue.claim(5, "mail")).isEmpty();
        assertThat(resume("slow")).isTrue();
        assertThat(queue.claim(5, "mail")).extracting(one -> one.queue()).containsExactly("slow");
    }

    @Test
    void eightWhoPauseAtOncePauseOnce() {
        assertThat(Race.of(8, number -> pause(null)))
                .filteredOn(paused -> paused)
                .hasSize(1);
    }

    private boolean pause(@Nullable String name) {
        return queue.in(() -> queue.get(PauseQueues.class).execute(CALLER, List.of(new PauseOrder(name, "why"))))
                .get(0);
    }

    private boolean resume(@Nullable String name) {
        return queue.in(() -> queue.get(ResumeQueues.class).execute(CALLER, List.of(new PauseOrder(name, null))))
                .get(0);
    }
}
