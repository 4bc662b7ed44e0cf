package dev.leasehold.run;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Rate;
import dev.leasehold.database.Fixture;
import dev.leasehold.queue.PauseOrder;
import dev.leasehold.queue.PauseQueues;
import dev.leasehold.queue.SetLimits;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.LimitStatement.Limit;
import dev.leasehold.sql.PermitScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What room there is goes to the best run that can use it, at once, whatever others were put aside for before. */
@ParameterizedClass
@EnumSource(Database.class)
class ParkingTest {

    private static final NewTask PLAIN = NewTask.of("mail");
    private static final NewTask KEYED = PLAIN.gates(Gates.key("K", HoldPolicy.HOLD_DURING_RETRY));

    private final Fixture queue;

    ParkingTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void roomThatARunCannotUseGoesToTheNext() {
        limit(2);
        List<UUID> fillers = List.of(queue.run(PLAIN), queue.run(PLAIN));
        claim(10);
        List<UUID> keyed = runs(KEYED.priority(5), 20);
        List<UUID> free = runs(PLAIN, 3);
        assertThat(claim(10)).isEmpty();

        finish(fillers.get(0));
        assertThat(claim(10)).containsExactly(keyed.get(0));
        finish(fillers.get(1));

        assertThat(claim(10)).containsExactly(free.get(0));
    }

    @Test
    void aRunThatWaitsForItsRateComesBeforeALaterOne() {
        NewTask rated = PLAIN.gates(rate(1));
        List<UUID> runs = runs(rated, 2);
        assertThat(claim(10)).containsExactly(runs.get(0));
        queue.clock.advance(Duration.ofSeconds(10));
        UUID late = queue.run(rated);
        UUID better = queue.run(rated.priority(1));

        assertThat(claim(1)).containsExactly(better);
        queue.clock.advance(Duration.ofSeconds(10));
        assertThat(claim(1)).containsExactly(runs.get(1));
        queue.clock.advance(Duration.ofSeconds(10));
        queue.run(rated);
        assertThat(claim(1)).containsExactly(late);
    }

    @Test
    void aSweepThatLetsSomeGoAndLeavesOthersRings() {
        runs(PLAIN.gates(rate(1)), 5);
        assertThat(claim(10)).hasSize(1);
        runs(PLAIN.gates(rate(3)), 1);
        AtomicInteger rung = new AtomicInteger();
        queue.get(ReadyBell.class).listen(rung::incrementAndGet);

        assertThat(unpark()).isPositive();

        assertThat(rung).hasPositiveValue();
        assertThat(claim(10)).hasSize(2);
        assertThat(unpark()).isZero();
    }

    @Test
    void roomThatNobodyComesForIsOfferedToMany() {
        UUID holder = queue.run(KEYED);
        claim(10);
        runs(KEYED.queue("slow").priority(9), 30);
        UUID behind = queue.run(KEYED);
        assertThat(claim(10)).isEmpty();
        queue.in(() -> queue.get(PauseQueues.class).execute(CALLER, List.of(new PauseOrder("slow", null))));
        finish(holder);
        assertThat(claim(10)).isEmpty();

        for (int i = 0; i < 2; i++) {
            unpark();
        }

        assertThat(claim(10)).containsExactly(behind);
    }

    @Test
    void whoMeetsABusyPermitIsToldToComeAgain() {
        limit(5);
        List<UUID> runs = runs(PLAIN, 3);
        List<Instant> again = new CopyOnWriteArrayList<>();
        queue.get(Alarm.class).listen(again::add);

        queue.in(() -> {
            assertThat(claim(1)).containsExactly(runs.get(0));
            assertThat(CompletableFuture.supplyAsync(() -> claim(1)).join()).isEmpty();
            return 0;
        });

        assertThat(again)
                .singleElement()
                .satisfies(at ->
                        assertThat(at).isBeforeOrEqualTo(queue.clock.instant().plusMillis(100)));
        assertThat(claim(1)).containsExactly(runs.get(1));
    }

    @Test
    void whoMeetsRunsThatAreBeingClaimedGetsThoseBehind() {
        List<UUID> runs = runs(PLAIN, 4);

        queue.in(() -> {
            assertThat(claim(2)).isEqualTo(runs.subList(0, 2));
            assertThat(CompletableFuture.supplyAsync(() -> claim(1)).join()).containsExactly(runs.get(2));
            return 0;
        });

        assertThat(claim(10)).containsExactly(runs.get(3));
    }

    private static Gates rate(int limit) {
        return new Gates(null, null, null, new Rate("mail", limit, Duration.ofSeconds(10)), null, null);
    }

    private List<UUID> runs(NewTask task, int count) {
        List<UUID> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            runs.add(queue.run(task));
        }
        return runs;
    }

    private void limit(int most) {
        queue.in(() ->
                queue.get(SetLimits.class).execute(CALLER, List.of(new Limit(PermitScope.QUEUE, "default", most))));
    }

    private int unpark() {
        return queue.in(() -> queue.get(UnparkRuns.class).execute(CALLER, List.of(100)))
                .get(0);
    }

    private List<UUID> claim(int max) {
        return queue.claim(max, "mail").stream().map(Claimed::runId).toList();
    }

    private void finish(UUID run) {
        dev.leasehold.lease.Lease lease = queue.leaseOf(run).orElseThrow();
        queue.finish(new dev.leasehold.attempt.FinishAttempts.Report(
                "w", run, lease.attemptId(), lease.fence(), Outcome.success(), null));
    }
}
