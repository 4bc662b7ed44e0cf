package dev.leasehold.task;

import dev.leasehold.audit.AuditTrail;
import dev.leasehold.fault.Fault;
import dev.leasehold.schedule.ScheduleChanges;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.LaneStatement;
import dev.leasehold.sql.LaneStatement.Lane;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.ScheduleRow;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives tasks one more run, now, which no policy counts. */
@Stateless
public class FireTasks {

    /**
     * What became of an order.
     *
     * @param run the new run
     * @param refusal why there is none
     */
    public record Result(@Nullable UUID run, @Nullable Fault refusal) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Settings settings;

    @Inject
    QueueSession session;

    @Inject
    LaneStatement lanes;

    @Inject
    ScheduleChanges changes;

    @Inject
    HeldTasks held;

    @Inject
    AuditTrail audit;

    /**
     * Fires tasks; a refused order leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param orders which tasks, and why
     * @return a result for each, in order; {@link InvalidTaskState} where it does not apply
     */
    public List<Result> execute(Caller caller, List<TaskOrder> orders) {
        Instant now = clock.instant();
        return orders.stream().map(order -> fire(caller, order, now)).toList();
    }

    private Result fire(Caller caller, TaskOrder order, Instant now) {
        try {
            Task task = held.hold(caller, order).task();
            Lane lane = new Lane(task.queue(), task.type(), TaskSpec.capabilities(task.gates()));
            long number = Objects.requireNonNull(
                    session.work(connection -> lanes.open(connection, caller.tenant(), Set.of(lane)))
                            .get(lane));
            ScheduleRow.Place place = new ScheduleRow.Place(task.queue(), number, task.priority());
            UUID run = changes.fire(
                    caller,
                    new ScheduleChanges.Extra(order.taskId(), now, place, settings.dutiesByTimer(), order.reason()));
            audit.record(caller, now, List.of(TaskEffects.fired(order, run)));
            return new Result(run, null);
        } catch (Fault refusal) {
            return new Result(null, refusal);
        }
    }
}
