package dev.leasehold.run;

import dev.leasehold.tenant.Caller;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The query of a list: no condition but those that were asked for, so that H2 too finds the index that has its order. */
final class RunListing {

    /**
     * With the tenant first it is the index's own order, and H2 reads no further than the page; without, H2 goes by the
     * task.
     */
    private static final String BY_INSTANT = " order by r.key.tenantId, r.scheduledAt, r.key.runId";

    private static final String WITHIN_TASK = " order by r.scheduledAt, r.key.runId";

    private final StringBuilder conditions = new StringBuilder();
    private final Map<String, Object> parameters = new HashMap<>();
    private final String order;
    private final RunFilter filter;

    RunListing(Caller caller, RunFilter filter) {
        this.filter = filter;
        parameters.put("tenant", caller.tenant());
        order = filter.taskId() == null ? BY_INSTANT : WITHIN_TASK;
        and("r.state in :states", "states", filter.states().isEmpty() ? null : filter.states());
        and("r.taskId = :task", "task", filter.taskId());
        and("l.type = :type", "type", filter.type());
        and("l.queue = :queue", "queue", filter.queue());
        and("t.gates.concurrencyKey = :concurrencyKey", "concurrencyKey", filter.concurrencyKey());
        and("t.tags like :tag escape '!'", "tag", filter.tag() == null ? null : TagPattern.of(filter.tag()));
    }

    /** What follows that run among those of its instant. */
    RunListing besides(Run run) {
        and("r.scheduledAt = :at", "at", run.scheduledAt());
        and("r.key.runId > :after", "after", run.id());
        return this;
    }

    /** What comes at a later instant. */
    RunListing later(Run run) {
        and("r.scheduledAt > :at", "at", run.scheduledAt());
        return this;
    }

    private void and(String condition, String name, @Nullable Object value) {
        if (value != null) {
            conditions.append(" and ").append(condition);
            parameters.put(name, value);
        }
    }

    /** The query's text. */
    String text() {
        return Runs.WITH_LANE + conditions + order;
    }

    /** A query's text that says of each only that it is there, and looks at nothing but what the filter is about. */
    String counting() {
        return "select 1 from Run r"
                + (filter.type() == null && filter.queue() == null
                        ? ""
                        : " join Lane l on l.key.tenantId = r.key.tenantId and l.key.laneId = r.laneId")
                + (filter.tag() == null && filter.concurrencyKey() == null
                        ? ""
                        : " join Task t on t.key.tenantId = r.key.tenantId and t.key.taskId = r.taskId")
                + " where r.key.tenantId = :tenant" + conditions;
    }

    /** What its parameters are, by name. */
    Map<String, Object> parameters() {
        return parameters;
    }
}
