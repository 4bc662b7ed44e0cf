package dev.leasehold.run;

import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Reads runs and their history, within a transaction. */
@ApplicationScoped
public class Runs {

    static final String WITH_LANE = """
            select new dev.leasehold.run.RunInLane(r, l, t.gates.concurrencyKey, x.rerunOf)
            from Run r
            join Lane l on l.key.tenantId = r.key.tenantId and l.key.laneId = r.laneId
            join Task t on t.key.tenantId = r.key.tenantId and t.key.taskId = r.taskId
            left join Rerun x on x.key = r.key
            where r.key.tenantId = :tenant
            """;

    @Inject
    @Leasehold
    EntityManager entities;

    @Inject
    OpenRuns open;

    /**
     * One run.
     *
     * @throws RunNotFound when the caller's tenant has none of that id
     */
    public RunInLane get(Caller caller, UUID id) {
        return entities.createQuery(WITH_LANE + " and r.key.runId = :run", RunInLane.class)
                .setParameter("tenant", caller.tenant())
                .setParameter("run", id)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> new RunNotFound(id));
    }

    /** Those of the runs, at least one, that are there. */
    public List<RunInLane> all(Caller caller, Collection<UUID> ids) {
        return entities.createQuery(WITH_LANE + " and r.key.runId in :runs", RunInLane.class)
                .setParameter("tenant", caller.tenant())
                .setParameter("runs", ids)
                .getResultList();
    }

    /** A page of runs by planned instant, then id. */
    public List<RunInLane> page(Caller caller, RunFilter filter, int offset, int limit) {
        return open.page(caller, filter, null, offset, limit)
                .orElseGet(() -> query(new RunListing(caller, filter))
                        .setFirstResult(offset)
                        .setMaxResults(limit)
                        .getResultList());
    }

    /**
     * The page that follows a run in that order.
     *
     * @throws RunNotFound when the caller's tenant has no such run
     */
    public List<RunInLane> pageAfter(Caller caller, RunFilter filter, UUID run, int limit) {
        Run last = get(caller, run).run();
        return open.page(caller, filter, last, 0, limit).orElseGet(() -> following(caller, filter, last, limit));
    }

    private List<RunInLane> following(Caller caller, RunFilter filter, Run last, int limit) {
        List<RunInLane> page = new ArrayList<>(query(new RunListing(caller, filter).besides(last))
                .setMaxResults(limit)
                .getResultList());
        if (page.size() < limit) {
            page.addAll(query(new RunListing(caller, filter).later(last))
                    .setMaxResults(limit - page.size())
                    .getResultList());
        }
        return page;
    }

    /** How many runs there are, {@code most} when there are more; it looks at no more of them that fit. */
    public long count(Caller caller, RunFilter filter, int most) {
        return open.count(caller, filter, most).orElseGet(() -> counted(caller, filter, most));
    }

    private int counted(Caller caller, RunFilter filter, int most) {
        RunListing listing = new RunListing(caller, filter);
        TypedQuery<Integer> query = entities.createQuery(listing.counting(), Integer.class);
        listing.parameters().forEach(query::setParameter);
        return query.setMaxResults(most).getResultList().size();
    }

    private TypedQuery<RunInLane> query(RunListing listing) {
        TypedQuery<RunInLane> query = entities.createQuery(listing.text(), RunInLane.class);
        listing.parameters().forEach(query::setParameter);
        return query;
    }

    /** A run's events, oldest first. */
    public List<RunEvent> events(Caller caller, UUID run) {
        return entities.createQuery("""
                        from RunEvent e
                        where e.key.tenantId = :tenant and e.key.runId = :run
                        order by e.key.version
                        """, RunEvent.class)
                .setParameter("tenant", caller.tenant())
                .setParameter("run", run)
                .getResultList();
    }

    /**
     * The states that the runs of each of those tasks are in, re-runs in place of what they are of; a task without runs
     * has no entry (decisions 5.1).
     */
    public Map<UUID, Set<RunState>> statesOfTasks(Caller caller, Collection<UUID> tasks) {
        Map<UUID, Set<RunState>> states = new HashMap<>();
        if (!tasks.isEmpty()) {
            entities.createQuery("""
                            select distinct r.taskId, r.state from Run r
                            where r.key.tenantId = :tenant and r.taskId in :tasks
                              and not exists (
                                select 1 from Rerun x
                                where x.key.tenantId = r.key.tenantId and x.rerunOf = r.key.runId)
                            """, Object[].class)
                    .setParameter("tenant", caller.tenant())
                    .setParameter("tasks", tasks)
                    .getResultStream()
                    .forEach(row -> states.computeIfAbsent((UUID) row[0], task -> EnumSet.noneOf(RunState.class))
                            .add((RunState) row[1]));
        }
        return states;
    }

    /** Those of the runs, at least one, that have ended. */
    public List<UUID> ended(Caller caller, Collection<UUID> ids) {
        return entities.createQuery("""
                        select r.key.runId from Run r
                        where r.key.tenantId = :tenant and r.key.runId in :ids and r.state in :terminal
                        """, UUID.class)
                .setParameter("tenant", caller.tenant())
                .setParameter("ids", ids)
                .setParameter("terminal", RunState.endStates())
                .getResultList();
    }

    /** How far those of the runs, at least one, that are there have come: the number of the last event of each. */
    public Map<UUID, Integer> versions(Caller caller, Collection<UUID> ids) {
        Map<UUID, Integer> versions = new HashMap<>();
        entities.createQuery(
                        "select r.key.runId, r.version from Run r where r.key.tenantId = :tenant and r.key.runId in :ids",
                        Object[].class)
                .setParameter("tenant", caller.tenant())
                .setParameter("ids", ids)
                .getResultStream()
                .forEach(row -> versions.put((UUID) row[0], (Integer) row[1]));
        return versions;
    }

    /** How many runs the task has. */
    public long countOf(Caller caller, UUID task) {
        return entities.createQuery(
                        "select count(r) from Run r where r.key.tenantId = :tenant and r.taskId = :task", Long.class)
                .setParameter("tenant", caller.tenant())
                .setParameter("task", task)
                .getSingleResult();
    }

    /** Up to {@code max} of the task's runs that have not ended. */
    public List<UUID> openOf(Caller caller, UUID task, int max) {
        return entities.createQuery("""
                        select r.key.runId from Run r
                        where r.key.tenantId = :tenant and r.taskId = :task and r.state not in :terminal
                        order by r.key.runId
                        """, UUID.class)
                .setParameter("tenant", caller.tenant())
                .setParameter("task", task)
                .setParameter("terminal", RunState.endStates())
                .setMaxResults(max)
                .getResultList();
    }
}
