package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Appends runs that do again what another run of their task did. */
@ApplicationScoped
public class RerunStatement {

    private static final String COMMON = "common";
    private static final Sql LOCK_TASKS = Sql.of(COMMON, "lock_tasks");
    private static final Sql OPEN = Sql.of(COMMON, "open_reruns");
    private static final Sql RUN = Sql.of(COMMON, "rerun_run");
    private static final Sql ENTER = Sql.of(COMMON, "enter_run");
    private static final Sql RERUN = Sql.of(COMMON, "rerun");

    /**
     * A run to be appended.
     *
     * @param runId its id
     * @param of the run that it is of, which this transaction holds
     * @param reason why, in the words of whoever asked
     */
    public record RerunRow(
            UUID runId, LockedRun of, @Nullable String reason) {}

    /**
     * Who appends, and when.
     *
     * @param now the command's instant, which the runs are planned for
     * @param actor whom the events name
     * @param due whether they are ready at once
     */
    public record Rerunning(Instant now, String actor, boolean due) {}

    @Inject
    Tickets tickets;

    /** Holds tasks until the transaction ends, in id order, and answers those of them that are called off. */
    public Set<UUID> canceled(Connection connection, UUID tenant, Collection<UUID> tasks) throws SQLException {
        Set<UUID> canceled = new HashSet<>();
        Values values = new Values().set("tenant", tenant).ids("task_ids", tasks);
        LOCK_TASKS.query(
                connection,
                values,
                row -> Rows.instantOrNull(row, "canceled_at") != null && canceled.add(Rows.uuid(row, "task_id")));
        return canceled;
    }

    /** Of those of the runs that have a re-run in none of these states, that re-run. */
    public Map<UUID, UUID> open(Connection connection, UUID tenant, Collection<UUID> runs, List<String> terminal)
            throws SQLException {
        Map<UUID, UUID> open = new HashMap<>();
        Values values = new Values()
                .set("tenant", tenant)
                .ids("run_ids", runs)
                .column("terminal", "varchar", terminal, word -> word);
        OPEN.query(
                connection,
                values,
                row -> row.getObject("run_id") != null
                        && open.put(Rows.uuid(row, "rerun_of"), Rows.uuid(row, "run_id")) == null);
        return open;
    }

    /** Stores the runs, each with its first event. */
    public void append(Connection connection, Rerunning rerunning, List<RerunRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        Values common = first(rerunning).set("pos", tickets.current(connection));
        List<Values> runs = rows.stream()
                .map(row -> Events.blank()
                        .set("reason", row.reason())
                        .with(common)
                        .with(run(row))
                        .set("priority", rerunning.due() ? row.of().place().taskPriority() : 0))
                .toList();
        RUN.batch(connection, runs);
        ENTER.batch(connection, runs);
        RERUN.batch(connection, runs);
        Events.write(connection, runs);
        Events.writeData(
                connection,
                rows.stream()
                        .map(row -> Events.data(
                                run(row).set("version", 1),
                                "{\"rerun_of\":\"" + row.of().id() + "\"}"))
                        .toList());
    }

    private static Values first(Rerunning rerunning) {
        return new Values()
                .set("now", rerunning.now())
                .set("occurred_at", rerunning.now())
                .set("scheduled_at", rerunning.now())
                .set("actor", rerunning.actor())
                .set("due", rerunning.due())
                .set("type", rerunning.due() ? "run.promoted" : "run.submitted")
                .set("transitions", rerunning.due() ? ">Scheduled,Scheduled>Ready" : ">Scheduled")
                .set("version", 1);
    }

    private static Values run(RerunRow row) {
        return new Values()
                .set("tenant", row.of().tip().tenant())
                .set("run_id", row.runId())
                .set("task_id", row.of().place().task())
                .set("lane", row.of().place().lane())
                .set("rerun_of", row.of().id())
                .set("source_type", LetterStatement.OF_RUN);
    }
}
