package dev.leasehold.sql.h2;

import dev.leasehold.sql.Events;
import dev.leasehold.sql.GateValues;
import dev.leasehold.sql.Payloads;
import dev.leasehold.sql.Sql;
import dev.leasehold.sql.SubmitStatement;
import dev.leasehold.sql.TallyStatement;
import dev.leasehold.sql.Tickets;
import dev.leasehold.sql.Values;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Stores tasks, runs and events in three batches. */
public final class H2Submit implements SubmitStatement {

    private static final String DUPLICATE = "23505";
    private static final Sql KNOWN = Sql.of("h2", "known_task");
    private static final Sql TASK = Sql.of("h2", "submit_task");
    private static final Sql RUN = Sql.of("h2", "submit_run");
    private static final Sql PAUSED = Sql.of("h2", "paused");

    private final Tickets tickets;

    /** A statement that takes its positions from there. */
    public H2Submit(Tickets tickets) {
        this.tickets = tickets;
    }

    @Override
    public Set<UUID> submit(Connection connection, Submission submission) throws SQLException {
        Values common = new Values()
                .set("tenant", submission.tenant())
                .set("actor", submission.actor())
                .set("now", submission.now())
                .set("everything", "");
        Set<UUID> created = new HashSet<>();
        for (TaskRow task : inIdOrder(submission.tasks())) {
            Values values = common.with(task(task)).with(policy(task)).with(GateValues.of(task.gates()));
            if (KNOWN.query(connection, values, row -> 1).isEmpty() && insert(connection, values)) {
                created.add(task.taskId());
            }
        }
        if (!created.isEmpty()) {
            TallyStatement.insertTasks(connection, submission.tenant(), tickets.current(connection), created.size());
        }
        List<RunRow> runs = submission.runs().stream()
                .filter(run -> created.contains(run.taskId()))
                .toList();
        if (!runs.isEmpty()) {
            store(
                    connection,
                    common.set("pos", tickets.current(connection)).set("occurred_at", submission.now()),
                    runs);
        }
        return created;
    }

    /** Two transactions that insert the same ids wait for one another in one direction only. */
    private static List<TaskRow> inIdOrder(List<TaskRow> tasks) {
        return tasks.stream().sorted(Comparator.comparing(TaskRow::taskId)).toList();
    }

    private static boolean insert(Connection connection, Values values) throws SQLException {
        try {
            return TASK.update(connection, values) == 1;
        } catch (SQLException e) {
            if (DUPLICATE.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private static void store(Connection connection, Values common, List<RunRow> runs) throws SQLException {
        boolean going = PAUSED.query(connection, common, row -> 1).isEmpty();
        RUN.batch(
                connection,
                runs.stream()
                        .map(run -> common.with(run(run, going && run.due())))
                        .toList());
        Events.write(
                connection,
                runs.stream()
                        .map(run -> common.with(event(run, going && run.due())))
                        .toList());
    }

    private static Values task(TaskRow task) {
        return new Values()
                .set("task_id", task.taskId())
                .set("type", task.type())
                .set("queue", task.queue())
                .set("payload_content_type", Payloads.contentType(task.payload()))
                .set("payload_form", Payloads.form(task.payload()))
                .set("payload", Payloads.bytes(task.payload()))
                .set("safety_level", task.safetyLevel())
                .set("tags", task.tags())
                .set("priority", task.priority())
                .set("description", task.description())
                .set("digest", task.digest());
    }

    private static Values policy(TaskRow task) {
        return new Values()
                .set("run_policy", task.runPolicy())
                .set("max_attempts", task.maxAttempts())
                .set("backoff_strategy", task.backoff().strategy().name())
                .set("backoff_delay", micros(task.backoff().delay()))
                .set("backoff_factor", task.backoff().factor())
                .set("backoff_max_delay", micros(task.backoff().maxDelay()))
                .set("backoff_jitter", task.backoff().jitter())
                .set("timeout", task.timeout() == null ? null : micros(task.timeout()));
    }

    private static Values run(RunRow run, boolean due) {
        return new Values()
                .set("run_id", run.runId())
                .set("task_id", run.taskId())
                .set("lane", run.lane())
                .set("due", due)
                .set("scheduled_at", run.scheduledAt())
                .set("gated", run.gated())
                .set("expires_at", run.expiresAt())
                .set("priority", run.priority());
    }

    private static Values event(RunRow run, boolean due) {
        return Events.blank()
                .set("run_id", run.runId())
                .set("version", 1)
                .set("type", due ? "run.promoted" : "run.submitted")
                .set("transitions", due ? ">Scheduled,Scheduled>Ready" : ">Scheduled")
                .set("priority", due ? run.priority() : 0)
                .set("scheduled_at", run.scheduledAt());
    }

    private static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }
}
