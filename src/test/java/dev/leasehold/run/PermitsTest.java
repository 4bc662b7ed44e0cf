package dev.leasehold.run;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.Fixture.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Rate;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.lease.HeldLease;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class PermitsTest {

    private static final NewTask PLAIN = NewTask.of("mail");
    private static final NewTask HOLDING = PLAIN.gates(Gates.key("K", HoldPolicy.HOLD_DURING_RETRY));
    private static final NewTask RELEASING = PLAIN.gates(Gates.key("K", HoldPolicy.RELEASE_ON_RETRY));

    private final Fixture queue;

    PermitsTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void oneRunOfAKeyAtATime() {
        UUID first = queue.run(HOLDING);
        UUID second = queue.run(HOLDING);
        UUID free = queue.run(PLAIN);

        assertThat(ids(claim(10))).containsExactly(first, free);
        assertThat(claim(10)).isEmpty();
        finish(first, Outcome.success());

        assertThat(ids(claim(10))).containsExactly(second);
    }

    @Test
    void keysAreApart() {
        List<UUID> runs = new ArrayList<>();
        for (String key : List.of("K", "k", "L")) {
            runs.add(queue.run(PLAIN.gates(Gates.key(key, HoldPolicy.HOLD_DURING_RETRY))));
        }

        assertThat(ids(claim(10))).isEqualTo(runs);
    }

    @Test
    void theOrderIsKeptAmongRunsWithAndWithoutAKey() {
        UUID low = queue.run(PLAIN);
        UUID keyed = queue.run(HOLDING.priority(1));
        UUID high = queue.run(PLAIN.priority(2));
        UUID highest = queue.run(HOLDING.priority(3));

        assertThat(ids(claim(2))).containsExactly(highest, high);
        assertThat(ids(claim(2))).containsExactly(low);
        finish(highest, Outcome.success());
        assertThat(ids(claim(2))).containsExactly(keyed);
    }

    @ParameterizedTest
    @EnumSource(HoldPolicy.class)
    void aRunThatWaitsKeepsItsKeyOnlyWhereItSaysSo(HoldPolicy hold) {
        for (Outcome outcome : List.of(Outcome.retry("x"), Outcome.snooze(Duration.ofSeconds(1000)))) {
            UUID first = queue.run(
                    (hold == HoldPolicy.HOLD_DURING_RETRY ? HOLDING : RELEASING).retryEvery(Duration.ofSeconds(1000)));
            UUID second = queue.run(HOLDING);
            claim(1);
            finish(first, outcome);

            assertThat(ids(claim(10))).isEqualTo(hold == HoldPolicy.HOLD_DURING_RETRY ? List.of() : List.of(second));
            queue.cancel(Order.of(first), Order.of(second));
        }
    }

    @Test
    void aRunGoesOnWithTheKeyThatItKept() {
        UUID first = queue.run(HOLDING.retryEvery(Duration.ofSeconds(1)));
        UUID second = queue.run(HOLDING.priority(9));
        queue.cancel(Order.of(second));
        claim(1);
        UUID third = queue.run(HOLDING.priority(9));
        finish(first, Outcome.retry("x"));
        queue.clock.advance(Duration.ofSeconds(1));
        queue.promote(10);

        assertThat(ids(claim(10))).containsExactly(first);
        finish(first, Outcome.success());
        assertThat(ids(claim(10))).containsExactly(third);
    }

    @Test
    void everyWayOutGivesTheKeyBack() {
        List<Runnable> ways = List.of(
                () -> finish(under(), Outcome.success()),
                () -> finish(under(), Outcome.fail("x")),
                () -> queue.cancel(Order.of(under())),
                () -> {
                    Claimed leased = queue.lease(1, "mail").get(0);
                    queue.release(new HeldLease("w", leased.runId(), leased.fence()));
                    queue.cancel(Order.of(leased.runId()));
                },
                () -> {
                    UUID run = queue.lease(1, "mail").get(0).runId();
                    queue.clock.advance(Duration.ofSeconds(31));
                    queue.expire();
                    queue.cancel(Order.of(run));
                },
                () -> {
                    UUID run = under();
                    queue.clock.advance(Duration.ofSeconds(31));
                    queue.expire();
                    queue.cancel(Order.of(run));
                });
        for (Runnable way : ways) {
            queue.run(HOLDING.maxAttempts(3));
            way.run();
            assertThat(used()).isZero();
        }
    }

    @Test
    void aReleasedLeaseGivesTheKeyBackUnlessAnAttemptWasStarted() {
        UUID first = queue.run(HOLDING.retryEvery(Duration.ZERO));
        UUID second = queue.run(HOLDING);
        Claimed leased = queue.lease(1, "mail").get(0);
        assertThat(leased.runId()).isEqualTo(first);
        queue.release(new HeldLease("w", first, leased.fence()));
        assertThat(used()).isZero();

        claim(1);
        finish(first, Outcome.retry("x"));
        queue.promote(10);
        leased = queue.lease(10, "mail").get(0);
        queue.release(new HeldLease("w", first, leased.fence()));

        assertThat(used()).isOne();
        assertThat(ids(claim(10))).containsExactly(first);
        finish(first, Outcome.success());
        assertThat(ids(claim(10))).containsExactly(second);
    }

    @Test
    void aRateIsHeldForItsPeriodWhateverBecomesOfTheRun() {
        NewTask throttled =
                PLAIN.gates(new Gates(null, null, null, new Rate("mail", 2, Duration.ofSeconds(10)), null, null));
        List<UUID> runs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            runs.add(queue.run(throttled));
        }

        List<Instant> refills = new ArrayList<>();
        queue.get(Alarm.class).listen(refills::add);
        Instant refill = queue.clock.instant().plusSeconds(10);
        assertThat(ids(claim(10))).isEqualTo(runs.subList(0, 2));
        assertThat(refills).containsOnly(refill);
        finish(runs.get(0), Outcome.success());
        queue.clock.advance(Duration.ofSeconds(9));
        unpark();
        assertThat(claim(10)).isEmpty();
        queue.clock.advance(Duration.ofSeconds(1));
        unpark();

        assertThat(ids(claim(10))).isEqualTo(runs.subList(2, 4));
        assertThat(refills).contains(refill.plusSeconds(10));
    }

    @Test
    void theLatestTaskSaysWhatARateIs() {
        Gates two = new Gates(null, null, null, new Rate("mail", 2, Duration.ofSeconds(10)), null, null);
        Gates three = new Gates(null, null, null, new Rate("mail", 3, Duration.ofSeconds(10)), null, null);
        for (Gates gates : List.of(two, two, two, three, three)) {
            queue.run(PLAIN.gates(gates));
        }

        assertThat(claim(10)).hasSize(3);
    }

    @Test
    void aRunWaitsForAWorkerThatCan() {
        Gates gpu = new Gates(null, null, List.of("review", "compute"), null, null, null);
        UUID needing = queue.run(PLAIN.gates(gpu));

        assertThat(claim(10)).isEmpty();
        assertThat(queue.claim(able("compute"))).isEmpty();
        assertThat(queue.claim(able("compute", "review", "gpu")))
                .extracting(Claimed::runId)
                .containsExactly(needing);
    }

    @Test
    void aRunThatWasNotStartedInTimeIsCalledOff() {
        Gates soon = new Gates(null, null, null, null, queue.clock.instant().plusSeconds(5), null);
        UUID ready = queue.run(PLAIN.gates(soon).priority(1));
        UUID started = queue.run(PLAIN.gates(soon).priority(2));
        UUID scheduled =
                queue.run(PLAIN.gates(soon).scheduledAt(queue.clock.instant().plusSeconds(60)));
        claim(1);
        queue.clock.advance(Duration.ofSeconds(5));

        assertThat(claim(10)).isEmpty();
        assertThat(expired()).isEqualTo(2);
        assertThat(expired()).isZero();

        for (UUID run : List.of(ready, scheduled)) {
            assertThat(queue.row(run).state()).isEqualTo(RunState.CANCELED);
            assertThat(last(run).reason()).isEqualTo("expired");
        }
        assertThat(queue.row(started).state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void manyRunsBehindAHeldKeyAreStoodAside() {
        UUID holder = queue.run(HOLDING.priority(1));
        claim(1);
        NewTask[] behind = new NewTask[2500];
        java.util.Arrays.fill(behind, HOLDING);
        queue.submit(behind);
        UUID free = queue.run(PLAIN.priority(-1));

        List<UUID> got = new ArrayList<>();
        for (int i = 0; i < 5 && got.isEmpty(); i++) {
            got.addAll(ids(claim(4)));
        }

        assertThat(got).containsExactly(free);
        assertThat(queue.count("select count(*) from leasehold.run where parked_on is not null"))
                .isEqualTo(2500);
        finish(holder, Outcome.success());
        assertThat(claim(4)).hasSize(1);
    }

    @Test
    void manyWorkersNeverExceedAKey() {
        NewTask[] tasks = new NewTask[60];
        for (int i = 0; i < tasks.length; i++) {
            tasks[i] = PLAIN.gates(Gates.key("K" + i % 3, HoldPolicy.HOLD_DURING_RETRY));
        }
        queue.submit(tasks);
        Race.of(8, thread -> {
            for (int i = 0; i < 60; i++) {
                for (Claimed claimed : claim(2)) {
                    assertThat(queue.count("select count(*) from leasehold.permit where used > most"))
                            .isZero();
                    queue.finish(report(claimed, Outcome.success()));
                }
            }
            return 0;
        });
        while (true) {
            List<Claimed> left = claim(10);
            unpark();
            if (left.isEmpty() && queue.count("select count(*) from leasehold.run where state <> 'Completed'") == 0) {
                break;
            }
            left.forEach(claimed -> queue.finish(report(claimed, Outcome.success())));
        }
        assertThat(used()).isZero();
    }

    private UUID under() {
        return claim(1).get(0).runId();
    }

    private List<Claimed> claim(int max) {
        return queue.claim(max, "mail");
    }

    private dev.leasehold.lease.ClaimRuns.Request able(String... capabilities) {
        return new dev.leasehold.lease.ClaimRuns.Request(
                new dev.leasehold.lease.ClaimRuns.Holder("w", null),
                new dev.leasehold.lease.ClaimRuns.Filter(null, null, List.of(), List.of(capabilities)),
                10,
                Duration.ofSeconds(30),
                true);
    }

    private void finish(UUID run, Outcome outcome) {
        dev.leasehold.lease.Lease lease = queue.leaseOf(run).orElseThrow();
        assertThat(queue.finish(new dev.leasehold.attempt.FinishAttempts.Report(
                        "w", run, lease.attemptId(), lease.fence(), outcome, null)))
                .allSatisfy(result -> assertThat(result.refusal()).isNull());
    }

    private void unpark() {
        queue.in(() -> queue.get(UnparkRuns.class).execute(CALLER, List.of(100)));
    }

    private int expired() {
        return queue.in(() -> queue.get(ExpireRuns.class).execute(CALLER, List.of(100)))
                .get(0);
    }

    private RunEvent last(UUID run) {
        List<RunEvent> events = queue.events(run);
        return events.get(events.size() - 1);
    }

    private long used() {
        return queue.count("select coalesce(sum(used), 0) from leasehold.permit");
    }

    private static List<UUID> ids(List<Claimed> claimed) {
        return claimed.stream().map(Claimed::runId).toList();
    }
}
