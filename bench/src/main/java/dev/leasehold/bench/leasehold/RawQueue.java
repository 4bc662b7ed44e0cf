package dev.leasehold.bench.leasehold;

import dev.leasehold.api.NewTask;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.ClaimStatement.Claim;
import dev.leasehold.sql.ClaimStatement.Granted;
import dev.leasehold.sql.ClaimStatement.Holder;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.FinishStatement.Finish;
import dev.leasehold.sql.FinishStatement.FinishRow;
import dev.leasehold.sql.Floors;
import dev.leasehold.sql.LaneStatement.Lane;
import dev.leasehold.sql.Statements;
import dev.leasehold.sql.SubmitStatement.GateRow;
import dev.leasehold.sql.SubmitStatement.RunRow;
import dev.leasehold.sql.SubmitStatement.Submission;
import dev.leasehold.sql.SubmitStatement.TaskRow;
import dev.leasehold.task.Admission;
import dev.leasehold.task.TaskSpec;
import dev.leasehold.tenant.Caller;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * The product's own statements on one plain connection, with every row and column that they write, each call one
 * transaction: nothing that stands above these statements can be faster.
 */
final class RawQueue implements AutoCloseable {

    private static final String TYPE = "echo";

    private static final UUID TENANT = Caller.DEFAULT_TENANT;
    private static final String ACTOR = Caller.application().subject();
    private static final Admission ADMISSION = Admission.of(new Settings(key -> null));
    static final Lane LANE = new Lane("default", TYPE, "");
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final UUID DIGEST = UUID.nameUUIDFromBytes(new byte[] {1});

    private final Connection connection;
    private final Floors floors;
    private final SortableIds ids;
    private final UUID node;
    private final Statements statements = Statements.of(Database.POSTGRESQL, new NoTickets());
    private final long lane;
    private List<Claimed> held = List.of();

    /**
     * One worker or submitter.
     *
     * @param connection its own
     * @param floors where claims begin: one for all workers of a process, as on a node
     * @param ids of one process
     */
    RawQueue(Connection connection, Floors floors, SortableIds ids) throws SQLException {
        this.connection = connection;
        this.floors = floors;
        this.ids = ids;
        this.node = ids.next();
        connection.setAutoCommit(false);
        Map<Lane, Long> open = statements.lanes().open(connection, TENANT, Set.of(LANE));
        connection.commit();
        lane = Objects.requireNonNull(open.get(LANE));
    }

    /** Stores that many tasks whose instant is now, or comes after that delay. */
    void submit(int count, Duration delay) throws SQLException {
        Instant now = now();
        List<TaskRow> tasks = new ArrayList<>(count);
        List<RunRow> runs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            TaskSpec spec = TaskSpec.of(NewTask.of(TYPE), ids.next(), now.plus(delay), ADMISSION);
            tasks.add(task(spec));
            runs.add(new RunRow(
                    ids.next(), spec.id(), lane, spec.scheduledAt(), spec.priority(), delay.isZero(), false, null));
        }
        statements.submit().submit(connection, new Submission(TENANT, ACTOR, now, tasks, runs));
        connection.commit();
    }

    private static TaskRow task(TaskSpec spec) {
        return new TaskRow(
                spec.id(),
                spec.type(),
                spec.queue(),
                spec.payload(),
                spec.runPolicy(),
                spec.maxAttempts(),
                spec.backoff(),
                spec.timeout(),
                spec.safetyLevel(),
                "[]",
                spec.priority(),
                spec.description(),
                spec.digest(),
                new GateRow(spec.gates(), null, null));
    }

    /** Finishes what the last round claimed and claims as many as are wanted; answers how many it finished. */
    int round(int wanted) throws SQLException {
        Instant now = now();
        int finished = held.size();
        if (finished > 0) {
            List<FinishRow> rows = held.stream()
                    .map(RawQueue::finish)
                    .sorted(Comparator.comparing(FinishRow::runId))
                    .toList();
            statements.finish().finish(connection, new Finish(TENANT, now, ACTOR, rows));
        }
        Floors.Look look = floors.look();
        Granted granted = statements.claim().claim(connection, holder(now), claim(wanted, look));
        look.took(granted.taken(), false);
        connection.commit();
        look.end(true);
        held = granted.runs();
        return finished;
    }

    /** Whether the last round claimed nothing. */
    boolean idle() {
        return held.isEmpty();
    }

    private static FinishRow finish(Claimed run) {
        return new FinishRow(
                run.runId(),
                ACTOR,
                run.fence(),
                Objects.requireNonNull(run.attemptId()),
                "Completed",
                null,
                "Success",
                null,
                null,
                DIGEST);
    }

    private Holder holder(Instant now) {
        return new Holder(TENANT, ACTOR, node, ACTOR, now, now.plus(LEASE), GRACE);
    }

    private Claim claim(int wanted, Floors.Look look) {
        return new Claim(
                List.of(TYPE), null, List.of(), List.of(), wanted, Long.MAX_VALUE, look.places(), ids.next(wanted));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
