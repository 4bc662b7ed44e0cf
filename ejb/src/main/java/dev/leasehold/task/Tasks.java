package dev.leasehold.task;

import dev.leasehold.api.Payload;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads tasks, within a transaction. */
@ApplicationScoped
public class Tasks {

    @Inject
    @Leasehold
    EntityManager entities;

    /**
     * One task.
     *
     * @throws TaskNotFound when the caller's tenant has none of that id
     */
    public Task get(Caller caller, UUID id) {
        return Optional.ofNullable(entities.find(Task.class, new TaskKey(caller.tenant(), id)))
                .orElseThrow(() -> new TaskNotFound(id));
    }

    /** The payload of a task that is there, if it has one. */
    public Optional<Payload> payload(Caller caller, UUID id) {
        return Optional.ofNullable(entities.find(TaskPayload.class, new TaskKey(caller.tenant(), id)))
                .map(TaskPayload::payload);
    }

    /** A page of tasks by priority descending, then submission, then id. */
    public List<Task> page(Caller caller, int offset, int limit) {
        return listed("")
                .setParameter("tenant", caller.tenant())
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    /**
     * The page that follows a task in that order.
     *
     * @throws TaskNotFound when the caller's tenant has no such task
     */
    public List<Task> pageAfter(Caller caller, UUID task, int limit) {
        Task last = get(caller, task);
        List<Task> page = new ArrayList<>();
        for (Rest rest : Rest.values()) {
            if (page.size() < limit) {
                TypedQuery<Task> query = listed(rest.condition).setParameter("tenant", caller.tenant());
                rest.parameters(last).forEach(query::setParameter);
                page.addAll(query.setMaxResults(limit - page.size()).getResultList());
            }
        }
        return page;
    }

    /** What follows a task, in parts that an index has in one piece each. */
    private enum Rest {
        AT_ONCE(" and t.priority = :priority and t.createdAt = :created and t.key.taskId > :task"),
        YOUNGER(" and t.priority = :priority and t.createdAt > :created"),
        LESS_URGENT(" and t.priority < :priority");

        private final String condition;

        Rest(String condition) {
            this.condition = condition;
        }

        Map<String, Object> parameters(Task last) {
            return switch (this) {
                case AT_ONCE -> Map.of("priority", last.priority(), "created", last.createdAt(), "task", last.id());
                case YOUNGER -> Map.of("priority", last.priority(), "created", last.createdAt());
                case LESS_URGENT -> Map.of("priority", last.priority());
            };
        }
    }

    /** In the index's own order, tenant first: so H2 reads no further than the page. */
    private TypedQuery<Task> listed(String condition) {
        return entities.createQuery(
                "from Task t where t.key.tenantId = :tenant" + condition
                        + " order by t.key.tenantId, t.priority desc, t.createdAt, t.key.taskId",
                Task.class);
    }

    /** Those of the tasks that are paused. */
    public Set<UUID> paused(Caller caller, Collection<UUID> ids) {
        return ids.isEmpty()
                ? Set.of()
                : Set.copyOf(entities.createQuery("""
                                select p.key.taskId from PausedTask p
                                where p.key.tenantId = :tenant and p.key.taskId in :ids
                                """, UUID.class)
                        .setParameter("tenant", caller.tenant())
                        .setParameter("ids", ids)
                        .getResultList());
    }

    /** The digests of those of the tasks that are there, by id. */
    Map<UUID, String> digests(Caller caller, Collection<UUID> ids) {
        Map<UUID, String> digests = new HashMap<>();
        if (!ids.isEmpty()) {
            entities.createQuery("""
                            select t.key.taskId, t.digest from Task t
                            where t.key.tenantId = :tenant and t.key.taskId in :ids
                            """, Object[].class)
                    .setParameter("tenant", caller.tenant())
                    .setParameter("ids", ids)
                    .getResultStream()
                    .forEach(row -> digests.put((UUID) row[0], (String) row[1]));
        }
        return digests;
    }
}
