package dev.leasehold.task;

import dev.leasehold.audit.AuditTrail;
import dev.leasehold.fault.Fault;
import dev.leasehold.run.ReadyBell;
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

/** Ends the pauses of tasks. */
@Stateless
public class ResumeTasks {

    /**
     * What became of an order.
     *
     * @param refusal why nothing was changed; null when it was carried out
     */
    public record Result(@Nullable Fault refusal) {}

    @Inject
    @Leasehold
    EntityManager entities;

    @Inject
    HeldTasks held;

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    LimitStatement permits;

    @Inject
    AuditTrail audit;

    @Inject
    ReadyBell bell;

    /**
     * Resumes tasks; a refused order leaves the others alone.
     *
     * @param caller the tenant, and who asks
     * @param orders which tasks
     * @return a result for each, in order; {@link InvalidTaskState} where it does not apply
     */
    public List<Result> execute(Caller caller, List<TaskOrder> orders) {
        Instant now = clock.instant();
        return orders.stream().map(order -> resume(caller, order, now)).toList();
    }

    private Result resume(Caller caller, TaskOrder order, Instant now) {
        try {
            PausedTask pause = held.hold(caller, order).pause();
            if (pause == null) {
                throw new InvalidTaskState(order.taskId(), "is not paused");
            }
            entities.remove(pause);
            session.work(connection -> permits.pause(connection, caller.tenant(), now, order.taskId(), false));
            bell.ringOnCommit();
            audit.record(caller, now, List.of(TaskEffects.paused(ResumeTasks.class, order, false)));
            return new Result(null);
        } catch (Fault refusal) {
            return new Result(refusal);
        }
    }
}
