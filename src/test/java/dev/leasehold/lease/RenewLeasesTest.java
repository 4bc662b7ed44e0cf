package dev.leasehold.lease;

import static dev.leasehold.database.Fixture.report;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.Order;
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
class RenewLeasesTest {

    private static final Duration LENGTH = Duration.ofSeconds(30);

    private final Fixture queue;

    RenewLeasesTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void aRenewalBeforeAtAndAfterTheExpiryIsHeardUntilSomebodyActsOnIt() {
        Claimed claimed = started(NewTask.of("mail"));

        for (int seconds : List.of(29, 30, 31, 1000)) {
            queue.clock.advance(Duration.ofSeconds(seconds));
            RenewLeases.Result result = queue.renew(claimed, LENGTH);
            assertThat(result.refusal()).isNull();
            assertThat(result.expiry()).isEqualTo(queue.clock.instant().plus(LENGTH));
            assertThat(queue.leaseOf(claimed.runId()).orElseThrow().expiry()).isEqualTo(result.expiry());
            assertThat(queue.leaseOf(claimed.runId()).orElseThrow().updatedAt()).isEqualTo(queue.clock.instant());
        }

        queue.clock.advance(LENGTH);
        queue.expire();
        lost(LeaseLost.Reason.EXPIRED, claimed);
    }

    @Test
    void anExpiryNeverGoesBack() {
        Claimed claimed = started(NewTask.of("mail"));

        assertThat(queue.renew(claimed, Duration.ofSeconds(500)).expiry()).isEqualTo(START.plusSeconds(500));
        assertThat(queue.renew(claimed, Duration.ofSeconds(3)).expiry()).isEqualTo(START.plusSeconds(500));
        assertThat(queue.leaseOf(claimed.runId()).orElseThrow().expiry()).isEqualTo(START.plusSeconds(500));
    }

    @Test
    void noRenewalReachesBeyondTheDeadlineAndItsGrace() {
        Claimed claimed = started(NewTask.of("mail").timeout(Duration.ofSeconds(40)));

        assertThat(queue.renew(claimed, Duration.ofSeconds(500)).expiry()).isEqualTo(START.plusSeconds(50));
        assertThat(queue.renew(claimed, LENGTH).cancelReason()).isNull();
        queue.clock.advance(Duration.ofSeconds(40));
        RenewLeases.Result late = queue.renew(claimed, LENGTH);
        assertThat(late.expiry()).isEqualTo(START.plusSeconds(50));
        assertThat(late.cancelReason()).isEqualTo("deadline");
    }

    @Test
    void aRenewalChangesNeitherVersionNorHistory() {
        Claimed claimed = started(NewTask.of("mail"));
        int version = queue.row(claimed.runId()).version();

        queue.renew(claimed, Duration.ofSeconds(500));

        assertThat(queue.row(claimed.runId()).version()).isEqualTo(version);
        assertThat(queue.events(claimed.runId())).hasSize(version);
    }

    @Test
    void whatBecameOfALeaseIsTold() {
        Claimed canceled = started(NewTask.of("mail"));
        queue.cancel(Order.of(canceled.runId()));
        lost(LeaseLost.Reason.CANCELED, canceled);

        Claimed finished = started(NewTask.of("mail"));
        queue.finish(report(finished, Outcome.success()));
        lost(LeaseLost.Reason.FINISHED, finished);

        Claimed retried = started(NewTask.of("mail").retryEvery(Duration.ZERO));
        queue.finish(report(retried, Outcome.retry("no")));
        queue.promote(1);
        Claimed again = queue.claim(1, "mail").get(0);
        assertThat(again.runId()).isEqualTo(retried.runId());
        lost(LeaseLost.Reason.FINISHED, retried);
        queue.finish(report(again, Outcome.success()));

        queue.run(NewTask.of("mail"));
        Claimed released = queue.lease(1, "mail").get(0);
        queue.release(new HeldLease("w", released.runId(), 1));
        lost(LeaseLost.Reason.RELEASED, released);
    }

    @Test
    void anotherOwnerFenceOrRunIsRefusedAndChangesNothing() {
        Claimed claimed = started(NewTask.of("mail"));
        String before = queue.dump();

        List<RenewLeases.Result> results = queue.in(() -> queue.get(RenewLeases.class)
                .execute(
                        Fixture.CALLER,
                        List.of(
                                request(new HeldLease("v", claimed.runId(), 1)),
                                request(new HeldLease("w", claimed.runId(), 0)),
                                request(new HeldLease("w", claimed.runId(), 2)),
                                request(new HeldLease("w", new UUID(3, 3), 1)))));

        assertThat(results)
                .extracting(one -> one.refusal().code())
                .containsExactly("lease_lost", "lease_lost", "lease_lost", "run_not_found");
        assertThat(results).extracting(RenewLeases.Result::expiry).containsOnlyNulls();
        assertThat(queue.dump()).isEqualTo(before);
    }

    @Test
    void ofATwinTheLaterEndCounts() {
        Claimed claimed = started(NewTask.of("mail"));
        HeldLease lease = new HeldLease("w", claimed.runId(), 1);

        List<RenewLeases.Result> results = queue.in(() -> queue.get(RenewLeases.class)
                .execute(
                        Fixture.CALLER,
                        List.of(
                                new RenewLeases.Request(lease, Duration.ofSeconds(90)),
                                new RenewLeases.Request(lease, Duration.ofSeconds(60)))));

        assertThat(results).extracting(RenewLeases.Result::expiry).containsOnly(START.plusSeconds(90));
        assertThat(queue.leaseOf(claimed.runId()).orElseThrow().expiry()).isEqualTo(START.plusSeconds(90));
    }

    private void lost(LeaseLost.Reason reason, Claimed claimed) {
        assertThat(queue.renew(claimed, LENGTH).refusal())
                .isInstanceOfSatisfying(
                        LeaseLost.class, lost -> assertThat(lost.reason()).isEqualTo(reason));
    }

    private static RenewLeases.Request request(HeldLease lease) {
        return new RenewLeases.Request(lease, LENGTH);
    }

    private Claimed started(NewTask task) {
        queue.run(task);
        return queue.claim(1, task.type()).get(0);
    }
}
