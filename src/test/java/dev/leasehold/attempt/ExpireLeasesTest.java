package dev.leasehold.attempt;

import static dev.leasehold.database.Fixture.report;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.lease.ClaimRuns;
import dev.leasehold.lease.RenewLeases;
import dev.leasehold.node.ForgetNodes;
import dev.leasehold.node.NodeRecord;
import dev.leasehold.node.Nodes;
import dev.leasehold.node.RecordHeartbeats;
import dev.leasehold.run.Order;
import dev.leasehold.run.RunEvent;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Step;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class ExpireLeasesTest {

    private static final UUID NODE = new UUID(7, 7);

    private final Fixture queue;

    ExpireLeasesTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void aLeaseEndsAtItsExpiryAndNotBefore() {
        UUID run = queue.run(NewTask.of("mail"));
        queue.lease(1, "mail");

        queue.clock.set(START.plusSeconds(30).minusNanos(1000));
        assertThat(queue.expire()).isZero();
        queue.clock.set(START.plusSeconds(30));
        assertThat(queue.expire()).isEqualTo(1);

        assertThat(queue.row(run).state()).isEqualTo(RunState.READY);
        assertThat(queue.row(run).attemptsStarted()).isZero();
        assertThat(queue.leaseOf(run)).isEmpty();
        RunEvent last = queue.events(run).get(2);
        assertThat(last.type()).isEqualTo("lease.expired");
        assertThat(last.steps()).containsExactly(new Step(RunState.LEASED, RunState.READY));
        assertThat(queue.claim(1, "mail")).extracting(Claimed::fence).containsExactly(2L);
    }

    @Test
    void aRunThatWasBegunIsTriedAgainAndTheLostAttemptCounts() {
        UUID run = queue.run(NewTask.of("mail").maxAttempts(2).retryEvery(Duration.ofSeconds(7)));
        Claimed first = queue.claim(1, "mail").get(0);
        queue.clock.set(START.plusSeconds(30));

        assertThat(queue.expire()).isEqualTo(1);

        assertThat(queue.row(run).state()).isEqualTo(RunState.RETRY_WAIT);
        assertThat(queue.row(run).dueAt()).isEqualTo(START.plusSeconds(37));
        AttemptRecord lost = queue.attempts(run).get(0);
        assertThat(lost.attemptId()).isEqualTo(first.attemptId());
        assertThat(lost.result()).isEqualTo("Failure");
        assertThat(lost.error()).isEqualTo("lease expired: w stopped answering");
        assertThat(queue.finish(report(first, Outcome.success()))
                        .get(0)
                        .refusal()
                        .code())
                .isEqualTo("lease_lost");

        queue.clock.set(START.plusSeconds(37));
        queue.promote(1);
        Claimed second = queue.claim(1, "mail").get(0);
        assertThat(second.attemptId()).isNotEqualTo(first.attemptId());
        queue.clock.set(START.plusSeconds(67));
        queue.expire();
        assertThat(queue.row(run).state()).isEqualTo(RunState.FAILED);
        assertThat(queue.attempts(run)).hasSize(2);
    }

    @Test
    void anAttemptThatOverrunsItsDeadlineAndTheGraceIsATimeoutHoweverItsWorkerKeepsTheLease() {
        UUID run = queue.run(NewTask.of("mail").timeout(Duration.ofMillis(2500)).maxAttempts(1));
        Claimed claimed = queue.claim(1, "mail").get(0);
        queue.renew(claimed, Duration.ofMinutes(10));

        queue.clock.set(START.plusMillis(12_499));
        assertThat(queue.expire()).isZero();
        queue.clock.set(START.plusMillis(12_500));
        assertThat(queue.expire()).isEqualTo(1);

        assertThat(queue.row(run).state()).isEqualTo(RunState.FAILED);
        assertThat(queue.attempts(run))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.result()).isEqualTo("Timeout"))
                .satisfies(attempt -> assertThat(attempt.error()).isEqualTo("attempt timed out after 2.5s"));
    }

    @Test
    void aWorkerThatIsNotHeardOfBeforeItsDeadlineFailedAndAfterItTimedOut() {
        UUID early =
                queue.run(NewTask.of("mail").timeout(Duration.ofSeconds(31)).maxAttempts(1));
        UUID late = queue.run(NewTask.of("mail").timeout(Duration.ofSeconds(29)).maxAttempts(1));
        queue.claim(2, "mail");
        queue.clock.set(START.plusSeconds(30));

        assertThat(queue.expire()).isEqualTo(2);

        assertThat(queue.attempts(early).get(0).result()).isEqualTo("Failure");
        assertThat(queue.attempts(late).get(0).result()).isEqualTo("Timeout");
    }

    @Test
    void theLeasesOfANodeLastAsLongAsItIsHeardOf() {
        UUID run = queue.run(NewTask.of("mail"));
        beat();
        queue.claim(new ClaimRuns.Request(
                new ClaimRuns.Holder("node/1", NODE),
                ClaimRuns.Filter.types(List.of("mail")),
                1,
                Duration.ofSeconds(30),
                true));

        queue.clock.set(START.plusSeconds(29));
        beat();
        queue.clock.set(START.plusSeconds(58));
        assertThat(queue.expire()).isZero();
        queue.clock.set(START.plusSeconds(59));
        assertThat(queue.expire()).isEqualTo(1);
        assertThat(queue.row(run).state()).isEqualTo(RunState.RETRY_WAIT);
    }

    @Test
    void aNodeIsStaleAfterFifteenSecondsLostWithItsLeasesAndForgottenWhenItHoldsNothing() {
        beat();

        assertThat(statusAfter(14_999)).isEqualTo(NodeRecord.Status.ALIVE);
        assertThat(statusAfter(15_000)).isEqualTo(NodeRecord.Status.STALE);
        assertThat(statusAfter(29_999)).isEqualTo(NodeRecord.Status.STALE);
        assertThat(statusAfter(30_000)).isEqualTo(NodeRecord.Status.LOST);

        assertThat(forget(Duration.ofSeconds(1))).isZero();
        assertThat(forget(Duration.ZERO)).isEqualTo(1);
    }

    @Test
    void aNodeThatHoldsARunIsNotForgotten() {
        queue.run(NewTask.of("mail"));
        beat();
        queue.claim(new ClaimRuns.Request(
                new ClaimRuns.Holder("node/1", NODE),
                ClaimRuns.Filter.types(List.of("mail")),
                1,
                Duration.ofSeconds(30),
                true));
        queue.clock.set(START.plusSeconds(500));

        assertThat(forget(Duration.ZERO)).isZero();
    }

    @Test
    void fourSweepsAtOnceActOnceOnEachLease() {
        for (int i = 0; i < 40; i++) {
            queue.run(NewTask.of("mail"));
        }
        queue.claim(20, "mail");
        queue.lease(20, "mail");
        queue.clock.set(START.plusSeconds(60));

        List<Integer> ended = Race.of(4, number -> queue.expire());

        int left = queue.expire();
        assertThat(ended.stream().mapToInt(Integer::intValue).sum() + left).isEqualTo(40);
    }

    @Test
    void aRenewalAndTheSweepAtOnceAgree() {
        for (int i = 0; i < 20; i++) {
            queue.run(NewTask.of("mail").retryEvery(Duration.ofHours(1)));
            Claimed claimed = queue.claim(1, "mail").get(0);
            queue.clock.advance(Duration.ofSeconds(30));

            List<Object> results =
                    Race.of(2, number -> number == 0 ? queue.expire() : queue.renew(claimed, Duration.ofSeconds(30)));

            boolean kept = ((RenewLeases.Result) results.get(1)).refusal() == null;
            assertThat(queue.row(claimed.runId()).state()).isEqualTo(kept ? RunState.RUNNING : RunState.RETRY_WAIT);
            queue.cancel(Order.of(claimed.runId()));
        }
    }

    private void beat() {
        queue.in(() -> queue.get(RecordHeartbeats.class)
                .execute(Fixture.CALLER, List.of(new RecordHeartbeats.Beat(NODE, "node", List.of("mail"), List.of()))));
    }

    private NodeRecord.Status statusAfter(long millis) {
        queue.clock.set(START.plusMillis(millis));
        return queue.in(() -> queue.get(Nodes.class).all()).get(0).status(queue.clock.instant());
    }

    private int forget(Duration age) {
        return queue.in(() -> queue.get(ForgetNodes.class).execute(Fixture.CALLER, List.of(age)))
                .get(0);
    }
}
