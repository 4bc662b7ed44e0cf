package dev.leasehold.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.database.Fixture;
import dev.leasehold.lease.ClaimRuns;
import dev.leasehold.lease.HeldLease;
import dev.leasehold.run.Order;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.task.SubmitTasks;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class MeterTest {

    private static final String LAG = "leasehold_scheduling_lag_seconds";
    private static final String DURATION = "leasehold_attempt_duration_seconds";

    private final Fixture queue;

    MeterTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    private double value(String sample) {
        return Scraped.of(queue.get(Meter.class)).value(sample);
    }

    @Test
    void aTaskThatIsDoneIsCountedAtEachStepWithItsWaitAndItsDuration() {
        NewTask task = NewTask.of("mail").id(new UUID(7, 7));
        queue.submit(task, task);
        queue.clock.advance(Duration.ofSeconds(3));
        Claimed claimed = queue.claim(5, "mail").get(0);
        assertThat(queue.claim(5, "mail")).isEmpty();
        queue.clock.advance(Duration.ofSeconds(40));
        queue.finish(Fixture.report(claimed, Outcome.success()));
        queue.finish(Fixture.report(claimed, Outcome.success()));

        assertThat(value("leasehold_tasks_submitted_total{status=created}")).isEqualTo(1);
        assertThat(value("leasehold_tasks_submitted_total{status=exists}")).isEqualTo(1);
        assertThat(value("leasehold_runs_submitted_total")).isEqualTo(1);
        assertThat(value("leasehold_runs_claimed_total")).isEqualTo(1);
        assertThat(value("leasehold_claims_total{granted=some}")).isEqualTo(1);
        assertThat(value("leasehold_claims_total{granted=none}")).isEqualTo(1);
        assertThat(value("leasehold_attempts_started_total")).isEqualTo(1);
        assertThat(value("leasehold_attempts_finished_total{result=success}")).isEqualTo(1);
        assertThat(value("leasehold_attempts_finished_total{result=failure}")).isZero();
        assertThat(value("leasehold_runs_ended_total{state=completed}")).isEqualTo(1);
        assertThat(value(LAG + "_count")).isEqualTo(1);
        assertThat(value(LAG + "_sum")).isEqualTo(3);
        assertThat(value(LAG + "_bucket{le=2.5}")).isZero();
        assertThat(value(LAG + "_bucket{le=5.0}")).isEqualTo(1);
        assertThat(value(DURATION + "_count{result=success}")).isEqualTo(1);
        assertThat(value(DURATION + "_sum{result=success}")).isEqualTo(40);
    }

    @Test
    void howLongCommandsTakeIsMeasured() {
        queue.submit(NewTask.of("mail"));
        Claimed claimed = queue.claim(5, "mail").get(0);
        queue.claim(5, "mail");
        queue.finish(Fixture.report(claimed, Outcome.success()));
        queue.finish(Fixture.report(claimed, Outcome.success()));

        assertThat(value("leasehold_command_duration_seconds_count{command=submit}"))
                .isEqualTo(1);
        assertThat(value("leasehold_command_duration_seconds_count{command=claim}"))
                .isEqualTo(2);
        assertThat(value("leasehold_command_duration_seconds_count{command=finish}"))
                .isEqualTo(2);
        assertThat(value("leasehold_command_duration_seconds_sum{command=submit}"))
                .isPositive();
    }

    @Test
    void whatIsRolledBackIsNotCounted() {
        queue.run(NewTask.of("mail"));
        Scraped before = Scraped.of(queue.get(Meter.class));

        List<Claimed> claimed = rolledBack(() -> {
            queue.get(SubmitTasks.class).execute(Fixture.CALLER, List.of(NewTask.of("mail")));
            return queue.get(ClaimRuns.class)
                    .execute(
                            Fixture.CALLER,
                            List.of(new ClaimRuns.Request(
                                    new ClaimRuns.Holder("w", null),
                                    ClaimRuns.Filter.types(List.of("mail")),
                                    9,
                                    Duration.ofSeconds(30),
                                    true)))
                    .get(0);
        });

        assertThat(claimed).hasSize(2);
        assertThat(Scraped.of(queue.get(Meter.class))).isEqualTo(before);
    }

    private <T> T rolledBack(Supplier<T> work) {
        AtomicReference<T> result = new AtomicReference<>();
        assertThatThrownBy(() -> queue.in(() -> {
                    result.set(work.get());
                    throw new IllegalStateException("rolls back");
                }))
                .hasMessage("rolls back");
        return result.get();
    }

    @Test
    void whatIsPromotedAndWaitsForAPermitIsCountedOnce() {
        for (int i = 0; i < 2; i++) {
            queue.run(NewTask.of("mail")
                    .scheduledAt(queue.clock.instant().plusSeconds(10))
                    .gates(NewTask.Gates.key("customer", HoldPolicy.RELEASE_ON_RETRY)));
        }
        queue.clock.advance(Duration.ofSeconds(12));
        queue.promote(10);
        queue.clock.advance(Duration.ofSeconds(1));
        Claimed first = queue.claim(5, "mail").get(0);
        queue.clock.advance(Duration.ofSeconds(1));
        queue.finish(Fixture.report(first, Outcome.success()));
        queue.claim(5, "mail");

        assertThat(value("leasehold_runs_promoted_total")).isEqualTo(2);
        assertThat(value("leasehold_runs_claimed_total")).isEqualTo(2);
        assertThat(value(LAG + "_count")).isEqualTo(2);
        assertThat(value(LAG + "_sum")).isEqualTo(1 + 2);
    }

    @Test
    void leasesThatEndByThemselvesAndAttemptsThatAreCutOff() {
        queue.run(NewTask.of("mail").maxAttempts(1));
        UUID canceled = queue.run(NewTask.of("mail"));
        Claimed lapsed = queue.claim(1, "mail").get(0);
        Claimed other = queue.claim(1, "mail").get(0);
        queue.clock.advance(Duration.ofSeconds(5));
        queue.cancel(Order.of(canceled));
        queue.clock.advance(Duration.ofSeconds(26));
        assertThat(queue.expire()).isEqualTo(1);
        queue.renew(lapsed, Duration.ofSeconds(9));
        queue.finish(Fixture.report(other, Outcome.success()));
        queue.release(new HeldLease("w", canceled, 9));

        assertThat(value("leasehold_leases_expired_total")).isEqualTo(1);
        assertThat(value("leasehold_leases_lost_total{reason=expired}")).isEqualTo(1);
        assertThat(value("leasehold_leases_lost_total{reason=canceled}")).isEqualTo(1);
        assertThat(value("leasehold_leases_lost_total{reason=not_yours}")).isEqualTo(1);
        assertThat(value("leasehold_attempts_finished_total{result=failure}")).isEqualTo(1);
        assertThat(value("leasehold_attempts_finished_total{result=canceled}")).isEqualTo(1);
        assertThat(value(DURATION + "_sum{result=failure}")).isEqualTo(31);
        assertThat(value(DURATION + "_sum{result=canceled}")).isEqualTo(5);
        assertThat(value("leasehold_runs_ended_total{state=failed}")).isEqualTo(1);
        assertThat(value("leasehold_runs_ended_total{state=canceled}")).isEqualTo(1);
    }

    @Test
    void anAttemptThatAnotherWorkerStartedAndReportedWithoutItsTerms() {
        UUID run = queue.run(NewTask.of("mail"));
        Claimed leased = queue.lease(1, "mail").get(0);
        UUID attempt =
                queue.start(new HeldLease("w", run, leased.fence())).get(0).attemptId();
        queue.clock.advance(Duration.ofSeconds(2));
        queue.finish(new FinishAttempts.Report(
                "w", run, attempt, leased.fence(), Outcome.snooze(Duration.ofSeconds(60)), null));

        assertThat(value("leasehold_attempts_started_total")).isEqualTo(1);
        assertThat(value(DURATION + "_sum{result=suspended}")).isEqualTo(2);
    }

    @Test
    void everyLabelHasItsFewValuesFromTheStart() {
        Scraped fresh = Scraped.of(new Meter());

        assertThat(fresh.labels("leasehold_"))
                .containsExactly("command", "granted", "kind", "le", "reason", "result", "state", "status");
        queue.run(NewTask.of("mail"));
        queue.claim(1, "mail");
        assertThat(Scraped.of(queue.get(Meter.class)).samples().keySet())
                .isEqualTo(fresh.samples().keySet());
    }
}
