package dev.leasehold.attempt;

import static dev.leasehold.database.Fixture.report;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.StartAttempts.Request;
import dev.leasehold.attempt.StartAttempts.Result;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.fault.Fault;
import dev.leasehold.lease.LeaseLost;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Step;
import dev.leasehold.sql.ClaimStatement.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.tenant.Caller;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class StartAttemptsTest {

    private final Fixture queue;

    StartAttemptsTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void theHolderOfTheLeaseStartsAnAttempt() {
        UUID run = leased();
        queue.clock.advance(Duration.ofSeconds(4));

        Result started = queue.start(new Request("w", run, 1)).get(0);

        assertThat(started.refusal()).isNull();
        assertThat(started.number()).isEqualTo(1);
        assertThat(queue.row(run).state()).isEqualTo(RunState.RUNNING);
        assertThat(queue.row(run).attemptsStarted()).isEqualTo(1);
        assertThat(queue.leaseOf(run)).hasValueSatisfying(lease -> {
            assertThat(lease.attemptId()).isNotNull().isEqualTo(started.attemptId());
            assertThat(lease.attemptNumber()).isEqualTo(1);
            assertThat(lease.startedAt()).isEqualTo(START.plusSeconds(4));
            assertThat(lease.updatedAt()).isEqualTo(START.plusSeconds(4));
            assertThat(lease.acquiredAt()).isEqualTo(START);
            assertThat(lease.expiry()).isEqualTo(START.plusSeconds(30));
        });
        assertThat(queue.events(run).get(2)).satisfies(event -> {
            assertThat(event.type()).isEqualTo("run.started");
            assertThat(event.steps()).isEqualTo(Step.parse("Leased>Running"));
            assertThat(event.attemptId()).isEqualTo(started.attemptId());
            assertThat(event.fence()).isEqualTo(1);
        });
    }

    @Test
    void anAttemptIsCountedBeyondThoseThatWere() {
        UUID run = queue.run(NewTask.of("mail").retryEvery(Duration.ZERO));
        queue.finish(report(queue.claim(1, "mail").get(0), Outcome.retry("no")));
        queue.promote(1);
        queue.lease(1, "mail");

        assertThat(queue.start(new Request("w", run, 2)).get(0).number()).isEqualTo(2);
    }

    @Test
    void anotherOwnerIsRefusedAndChangesNothing() {
        refused(new Request("v", leased(), 1));
    }

    @Test
    void anotherFenceIsRefusedAndChangesNothing() {
        UUID run = leased();
        refused(new Request("w", run, 0));
        refused(new Request("w", run, 2));
    }

    @Test
    void theFenceOfAnEarlierLeaseIsRefused() {
        UUID run = queue.run(NewTask.of("mail").retryEvery(Duration.ZERO));
        queue.finish(report(queue.claim(1, "mail").get(0), Outcome.retry("no")));
        queue.promote(1);
        queue.lease(1, "mail");

        refused(new Request("w", run, 1));
    }

    @Test
    void aRunThatIsStartedAlreadyIsRefused() {
        UUID run = leased();
        queue.start(new Request("w", run, 1));

        refused(new Request("w", run, 1));
    }

    @Test
    void aRunThatIsNotLeasedOrNotThereIsRefused() {
        refused(new Request("w", queue.run(NewTask.of("mail")), 0));
        refused(new Request("w", queue.run(NewTask.of("mail")), 1));
        refused(new Request("w", new UUID(3, 3), 1));
        queue.finish(report(queue.claim(1, "mail").get(0), Outcome.success()));
        refused(new Request("w", new UUID(3, 3), 1));
    }

    @Test
    void anotherTenantIsRefused() {
        UUID run = leased();
        Caller stranger = new Caller(new UUID(1, 1), "stranger");
        String before = queue.dump();

        List<Result> results =
                queue.in(() -> queue.get(StartAttempts.class).execute(stranger, List.of(new Request("w", run, 1))));

        assertThat(results.get(0).refusal()).isInstanceOf(LeaseLost.class);
        assertThat(queue.dump()).isEqualTo(before);
    }

    @Test
    void aBatchIsAnsweredInOrderAndATwinAsIfItCameLater() {
        UUID first = leased();
        UUID second = leased();
        Request good = new Request("w", second, 1);

        List<Result> results = queue.start(
                good,
                new Request("v", first, 1),
                good,
                new Request("w", new UUID(3, 3), 1),
                new Request("w", first, 1));

        assertThat(results).extracting(one -> one.refusal() == null).containsExactly(true, false, false, false, true);
        assertThat(results).extracting(Result::number).containsExactly(1, 0, 0, 0, 1);
        assertThat(queue.leaseOf(first).orElseThrow().attemptId())
                .isEqualTo(results.get(4).attemptId());
        assertThat(queue.leaseOf(second).orElseThrow().attemptId())
                .isEqualTo(results.get(0).attemptId());
    }

    @Test
    void anEmptyBatchIsAnsweredEmpty() {
        assertThat(queue.start()).isEmpty();
    }

    @Test
    void eightStartersAtOnceStartOneAttempt() {
        UUID run = leased();

        List<Result> results =
                Race.of(8, number -> queue.start(new Request("w", run, 1)).get(0));

        assertThat(results).filteredOn(one -> one.refusal() == null).hasSize(1);
        assertThat(queue.row(run).attemptsStarted()).isEqualTo(1);
    }

    private UUID leased() {
        queue.run(NewTask.of("mail"));
        Claimed claimed = queue.lease(1, "mail").get(0);
        return claimed.runId();
    }

    private void refused(Request request) {
        String before = queue.dump();

        Result result = queue.start(request).get(0);

        assertThat(result.attemptId()).isNull();
        assertThat(result.refusal()).isInstanceOf(LeaseLost.class);
        assertThat(result.refusal()).extracting(Fault::code).isEqualTo("lease_lost");
        assertThat(result.refusal().details())
                .containsEntry("run_id", request.runId().toString())
                .containsEntry("fence", request.fence());
        assertThat(queue.dump()).isEqualTo(before);
    }
}
