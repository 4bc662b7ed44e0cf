package dev.leasehold.attempt;

import static dev.leasehold.database.Fixture.report;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.StartAttempts.Result;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.fault.Fault;
import dev.leasehold.lease.HeldLease;
import dev.leasehold.run.RunNotFound;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Step;
import dev.leasehold.sql.Claimed;
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

        Result started = queue.start(new HeldLease("w", run, 1)).get(0);

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

        assertThat(queue.start(new HeldLease("w", run, 2)).get(0).number()).isEqualTo(2);
    }

    @Test
    void anotherOwnerIsRefusedAndChangesNothing() {
        refused("lease_lost", new HeldLease("v", leased(), 1));
    }

    @Test
    void anotherFenceIsRefusedAndChangesNothing() {
        UUID run = leased();
        refused("lease_lost", new HeldLease("w", run, 0));
        refused("lease_lost", new HeldLease("w", run, 2));
    }

    @Test
    void theFenceOfAnEarlierLeaseIsRefused() {
        UUID run = queue.run(NewTask.of("mail").retryEvery(Duration.ZERO));
        queue.finish(report(queue.claim(1, "mail").get(0), Outcome.retry("no")));
        queue.promote(1);
        queue.lease(1, "mail");

        refused("lease_lost", new HeldLease("w", run, 1));
    }

    @Test
    void aRunThatIsStartedAlreadyIsRefusedAndNamesTheAttempt() {
        UUID run = leased();
        Result started = queue.start(new HeldLease("w", run, 1)).get(0);

        Result again = queue.start(new HeldLease("w", run, 1)).get(0);
        assertThat(again.refusal().details())
                .containsEntry("attempt_id", started.attemptId().toString())
                .containsEntry("attempt_number", 1);
        refused("attempt_in_progress", new HeldLease("w", run, 1));
    }

    @Test
    void aRunThatIsNotLeasedOrNotThereIsRefused() {
        refused("lease_lost", new HeldLease("w", queue.run(NewTask.of("mail")), 0));
        refused("lease_lost", new HeldLease("w", queue.run(NewTask.of("mail")), 1));
        refused("run_not_found", new HeldLease("w", new UUID(3, 3), 1));
        queue.finish(report(queue.claim(1, "mail").get(0), Outcome.success()));
        refused("run_not_found", new HeldLease("w", new UUID(3, 3), 1));
    }

    @Test
    void anotherTenantIsRefused() {
        UUID run = leased();
        Caller stranger = new Caller(new UUID(1, 1), "stranger");
        String before = queue.dump();

        List<Result> results =
                queue.in(() -> queue.get(StartAttempts.class).execute(stranger, List.of(new HeldLease("w", run, 1))));

        assertThat(results.get(0).refusal()).isInstanceOf(RunNotFound.class);
        assertThat(queue.dump()).isEqualTo(before);
    }

    @Test
    void aBatchIsAnsweredInOrderAndATwinAsIfItCameLater() {
        UUID first = leased();
        UUID second = leased();
        HeldLease good = new HeldLease("w", second, 1);

        List<Result> results = queue.start(
                good,
                new HeldLease("v", first, 1),
                good,
                new HeldLease("w", new UUID(3, 3), 1),
                new HeldLease("w", first, 1));

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
                Race.of(8, number -> queue.start(new HeldLease("w", run, 1)).get(0));

        assertThat(results).filteredOn(one -> one.refusal() == null).hasSize(1);
        assertThat(queue.row(run).attemptsStarted()).isEqualTo(1);
    }

    private UUID leased() {
        queue.run(NewTask.of("mail"));
        Claimed claimed = queue.lease(1, "mail").get(0);
        return claimed.runId();
    }

    private void refused(String code, HeldLease request) {
        String before = queue.dump();

        Result result = queue.start(request).get(0);

        assertThat(result.attemptId()).isNull();
        assertThat(result.refusal()).extracting(Fault::code).isEqualTo(code);
        assertThat(result.refusal().details())
                .containsEntry("run_id", request.runId().toString());
        assertThat(queue.dump()).isEqualTo(before);
    }
}
