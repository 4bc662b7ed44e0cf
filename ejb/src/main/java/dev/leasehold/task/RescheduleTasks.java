package dev.leasehold.task;

import dev.leasehold.api.Cron;
import dev.leasehold.audit.AuditTrail;
import dev.leasehold.fault.Fault;
import dev.leasehold.schedule.Derivation;
import dev.leasehold.schedule.ScheduleChanges;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.ScheduleRow;
import dev.leasehold.sql.ScheduleRow.Cursor;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replaces the policies of cron tasks. Runs that were derived and are still Scheduled give way to those of the new one. */
@Stateless
public class RescheduleTasks {

    /**
     * What somebody asks for.
     *
     * @param order which task, and why
     * @param cron the policy from now on
     */
    public record Request(TaskOrder order, Cron cron) {}

    /**
     * What became of a request.
     *
     * @param canceled how many runs gave way
     * @param created how many were derived in their place
     * @param refusal why nothing was changed
     */
    public record Result(
            int canceled, int created, @Nullable Fault refusal) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Settings settings;

    @Inject
    ScheduleChanges changes;

    @Inject
    Derivation derivation;

    @Inject
    HeldTasks held;

    @Inject
    AuditTrail audit;

    /**
     * Reschedules tasks; a refused request leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param requests which tasks, and how
     * @return a result for each, in order; {@link InvalidTaskState} where a task has no cron policy
     */
    public List<Result> execute(Caller caller, List<Request> requests) {
        Instant now = clock.instant();
        return requests.stream()
                .map(request -> reschedule(caller, request, now))
                .toList();
    }

    private Result reschedule(Caller caller, Request request, Instant now) {
        try {
            CronChecks.check(request.cron());
            Instant first = CronChecks.first(request.cron(), now, now);
            HeldTasks.Held found = held.hold(caller, request.order());
            ScheduleRow old = found.schedule()
                    .filter(row -> row.cron() != null)
                    .orElseThrow(() -> new InvalidTaskState(request.order().taskId(), "has no cron policy"));
            record(caller, now, request, found.task(), old.version() + 1);
            found.task().recur(CronText.of(request.cron()));
            ScheduleRow row = old.with(request.cron(), new Cursor(0, first, first, null));
            int canceled = changes.replace(RescheduleTasks.class, caller, now, row);
            int created = derivation
                    .advance(caller, now, List.of(row), settings.dutiesByTimer())
                    .getOrDefault(row.task(), 0);
            return new Result(canceled, created, null);
        } catch (Fault refusal) {
            return new Result(0, 0, refusal);
        }
    }

    private void record(Caller caller, Instant now, Request request, Task task, int version) {
        String policy = CronText.of(request.cron());
        audit.record(caller, now, List.of(TaskEffects.rescheduled(request.order(), version, task.runPolicy(), policy)));
    }
}
