package dev.leasehold.task;

import dev.leasehold.audit.AuditTrail;
import dev.leasehold.fault.Fault;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.ScheduleStatement;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Marks tasks as called off, so that they get no further run. The runs that they have are canceled by whoever composes
 * this with {@link dev.leasehold.run.CancelRuns}, in the same transaction.
 */
@Stateless
public class CancelTasks {

    /**
     * What somebody asks to be called off.
     *
     * @param task the task
     * @param reason why; 1 to 1000 characters
     */
    public record Request(UUID task, @Nullable String reason) {

        /** Without a reason. */
        public static Request of(UUID task) {
            return new Request(task, null);
        }
    }

    /**
     * What became of a task.
     *
     * @param canceledNow whether it is called off now; false when it was before
     * @param refusal why nothing was looked at
     */
    public record Result(boolean canceledNow, @Nullable Fault refusal) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    @Leasehold
    EntityManager entities;

    @Inject
    QueueSession session;

    @Inject
    ScheduleStatement schedules;

    @Inject
    AuditTrail audit;

    /**
     * Marks tasks, in the order of their ids.
     *
     * @param caller the tenant, and who asks
     * @param requests the tasks; of one that is named twice the first reason counts
     * @return a result for each, in the order asked
     */
    public List<Result> execute(Caller caller, List<Request> requests) {
        Instant now = clock.instant();
        Map<UUID, Result> results = new HashMap<>();
        requests.stream()
                .map(Request::task)
                .distinct()
                .sorted(Comparator.comparing(UUID::toString))
                .forEach(id -> results.put(id, mark(caller, id, now)));
        Map<UUID, Request> named = new LinkedHashMap<>();
        requests.forEach(request -> named.putIfAbsent(request.task(), request));
        audit.record(
                caller,
                now,
                named.values().stream()
                        .filter(request -> result(results, request).canceledNow())
                        .map(TaskEffects::canceled)
                        .toList());
        return requests.stream().map(request -> result(results, request)).toList();
    }

    private static Result result(Map<UUID, Result> results, Request request) {
        return Objects.requireNonNull(results.get(request.task()));
    }

    private Result mark(Caller caller, UUID id, Instant now) {
        Task task = entities.find(Task.class, new TaskKey(caller.tenant(), id), LockModeType.PESSIMISTIC_WRITE);
        if (task == null) {
            return new Result(false, new TaskNotFound(id));
        }
        boolean fresh = task.canceledAt() == null;
        if (fresh) {
            task.cancel(now.isBefore(task.createdAt()) ? task.createdAt() : now);
            session.work(connection -> {
                schedules.end(connection, caller.tenant(), id);
                return id;
            });
        }
        return new Result(fresh, null);
    }
}
