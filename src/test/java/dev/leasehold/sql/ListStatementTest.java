package dev.leasehold.sql;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.Fixture.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.Order;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.ListStatement.Listing;
import dev.leasehold.sql.ListStatement.Place;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A list of runs that are not complete visits none of those that are, and a list of states none of the other states. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListStatementTest {

    private static final int HISTORY = 3000;
    private static final int FEW = 5;
    private static final int PAGE = 10;

    private final Fixture queue = new Fixture(Database.POSTGRESQL);

    @BeforeAll
    void aFewRunsBehindALongHistory() {
        submit(HISTORY);
        int left = HISTORY;
        while (left > 0) {
            left -= finished(1000);
        }
        submit(FEW * 7);
        end(queue, claim(FEW), Outcome.fail("no"));
        end(queue, claim(FEW), Outcome.retry("not yet", Duration.ofHours(1)));
        end(queue, claim(FEW), Outcome.snooze(Duration.ofHours(1)));
        claim(FEW);
        queue.lease(FEW, "mail");
        queue.tamper("analyze");
        queue.cancel(firstOf(RunState.READY, FEW).stream()
                .map(place -> Order.of(place.run()))
                .toArray(Order[]::new));
        for (int i = 0; i < FEW; i++) {
            queue.run(NewTask.of("mail").scheduledAt(queue.clock.instant().plusSeconds(3600)));
        }
    }

    @AfterAll
    void close() {
        queue.close();
    }

    private void submit(int runs) {
        for (int i = 0; i < runs; i += 1000) {
            queue.submit(Collections.nCopies(Math.min(1000, runs - i), NewTask.of("mail"))
                    .toArray(NewTask[]::new));
        }
    }

    private int finished(int max) {
        return end(queue, claim(max), Outcome.success());
    }

    private List<Claimed> claim(int max) {
        return queue.claim(max, "mail");
    }

    private static int end(Fixture queue, List<Claimed> runs, Outcome outcome) {
        queue.finish(runs.stream().map(run -> report(run, outcome)).toArray(Report[]::new));
        return runs.size();
    }

    @ParameterizedTest
    @EnumSource(value = RunState.class, mode = Mode.EXCLUDE, names = "COMPLETED")
    void aListOfAFewRunsVisitsAFew(RunState state) {
        assertThat(firstOf(state, PAGE)).hasSize(FEW);

        assertThat(visited(queue, listing(state), null)).isNotEmpty().allMatch(rows -> rows <= 6 * FEW);
    }

    @Test
    void aPageOfManyEndsWhereItIsFullAndTheNextBeginsThere() {
        try (Fixture many = new Fixture(Database.POSTGRESQL)) {
            for (int i = 0; i < HISTORY; i += 1000) {
                many.submit(Collections.nCopies(1000, NewTask.of("mail")).toArray(NewTask[]::new));
                end(many, many.claim(1000, "mail"), Outcome.fail("no"));
            }
            many.tamper("analyze");
            Listing failed = listing(RunState.FAILED);
            Place middle = first(many, failed, HISTORY / 2).get(HISTORY / 2 - 1);

            Listing billing = new Listing(
                    CALLER.tenant(), List.of(RunState.FAILED.word()), false, false, "mail", "default", null, "%none%");
            assertThat(visited(many, failed, middle)).isNotEmpty().allMatch(rows -> rows <= 5 * PAGE);
            assertThat(first(many, billing, PAGE)).isEmpty();
            assertThat(plan(many, billing, null)).doesNotContain("hashed", "Seq Scan on task");
        }
    }

    private List<Place> firstOf(RunState state, int max) {
        return first(queue, listing(state), max);
    }

    private static List<Place> first(Fixture queue, Listing listing, int max) {
        return queue.in(() -> queue.get(QueueSession.class)
                .work(connection -> queue.get(ListStatement.class).first(connection, listing, null, max)));
    }

    private static List<Integer> visited(Fixture queue, Listing listing, @Nullable Place after) {
        return Plans.visited(plan(queue, listing, after)).boxed().toList();
    }

    private static String plan(Fixture queue, Listing listing, @Nullable Place after) {
        return queue.in(() -> queue.get(QueueSession.class)
                .work(connection -> Plans.explain(
                        connection,
                        Database.POSTGRESQL,
                        "analyze",
                        Sql.of("postgresql", "list_runs"),
                        ListStatement.values(listing, after, PAGE))));
    }

    private static Listing listing(RunState state) {
        UUID tenant = CALLER.tenant();
        boolean held = state == RunState.LEASED || state == RunState.RUNNING;
        return new Listing(tenant, List.of(state.word()), state == RunState.READY, held, null, null, null, null);
    }
}
