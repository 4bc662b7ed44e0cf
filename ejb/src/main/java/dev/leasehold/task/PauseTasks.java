package dev.leasehold.task;

import dev.leasehold.audit.AuditTrail;
import dev.leasehold.fault.Fault;
import dev.leasehold.sql.LimitStatement;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps runs of tasks from being derived, from becoming ready and from being leased; what runs goes on. Instants that
 * pass meanwhile are missed.
 */
@Stateless
public class PauseTasks {

    /**
     * What became of an order.
     *
     * @param refusal why nothing was changed; null when it was carried out
     */
    public record Result(@Nullable Fault refusal) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    @Leasehold
    EntityManager entities;

    @Inject
    HeldTasks held;

    @Inject
    QueueSession session;

    @Inject
    LimitStatement permits;

    @Inject
    AuditTrail audit;

    /**
     * Pauses tasks; a refused order leaves the others alone.
     *
     * @param caller the tenant, and who asks
     * @param orders which tasks, and why
     * @return a result for each, in order; {@link InvalidTaskState} where it does not apply
     */
    public List<Result> execute(Caller caller, List<TaskOrder> orders) {
        Instant now = clock.instant();
        return orders.stream().map(order -> pause(caller, order, now)).toList();
    }

    private Result pause(Caller caller, TaskOrder order, Instant now) {
        try {
            if (held.hold(caller, order).pause() != null) {
                throw new InvalidTaskState(order.taskId(), "is paused already");
            }
            TaskKey key = new TaskKey(caller.tenant(), order.taskId());
            entities.persist(new PausedTask(key, now, caller.subject(), order.reason()));
            session.work(connection -> permits.pause(connection, caller.tenant(), now, order.taskId(), true));
            audit.record(caller, now, List.of(TaskEffects.paused(PauseTasks.class, order, true)));
            return new Result(null);
        } catch (Fault refusal) {
            return new Result(refusal);
        }
    }
}
