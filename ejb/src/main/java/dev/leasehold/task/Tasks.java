package dev.leasehold.task;

import dev.leasehold.api.Payload;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
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
        return entities.createQuery("""
                        from Task t
                        where t.key.tenantId = :tenant
                        order by t.priority desc, t.createdAt, t.key.taskId
                        """, Task.class)
                .setParameter("tenant", caller.tenant())
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
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

    /** How many tasks there are. */
    public long count(Caller caller) {
        return entities.createQuery("select count(t) from Task t where t.key.tenantId = :tenant", Long.class)
                .setParameter("tenant", caller.tenant())
                .getSingleResult();
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
