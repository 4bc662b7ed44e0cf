package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads who carries out what by the leases, a page at a time, and asks nodes to compare that with what they know. */
@ApplicationScoped
public class RegistryStatement {

    private static final Sql PAGE = Sql.of("common", "registry_page");
    private static final Sql ONE = Sql.of("common", "registry_entry");
    private static final Sql ASK = Sql.of("common", "ask_for_looks");

    /**
     * A lease and its run.
     *
     * @param nodeId the node whose heartbeat keeps it; null when its worker renews it
     * @param attemptId the open attempt, once it was started
     * @param attempt that attempt's number
     */
    public record Leased(
            UUID runId,
            UUID taskId,
            long fence,
            String owner,
            @Nullable UUID nodeId,
            @Nullable UUID attemptId,
            @Nullable Integer attempt,
            Instant acquiredAt,
            @Nullable Instant startedAt) {

        static Leased read(ResultSet row) throws SQLException {
            return new Leased(
                    Rows.uuid(row, "run_id"),
                    Rows.uuid(row, "task_id"),
                    row.getLong("fence"),
                    row.getString("owner"),
                    row.getObject("node_id", UUID.class),
                    row.getObject("attempt_id", UUID.class),
                    Rows.numberOrNull(row, "attempt_number"),
                    Rows.instant(row, "acquired_at"),
                    Rows.instantOrNull(row, "started_at"));
        }
    }

    /**
     * The leases behind that run, by run.
     *
     * @param max how many at most
     */
    public List<Leased> page(Connection connection, UUID tenant, UUID after, int max) throws SQLException {
        Values values = new Values().set("tenant", tenant).set("after", after).set("max", max);
        return PAGE.query(connection, values, Leased::read);
    }

    /** The run's lease, while it has one. */
    public Optional<Leased> one(Connection connection, UUID tenant, UUID run) throws SQLException {
        Values values = new Values().set("tenant", tenant).set("run_id", run);
        return ONE.query(connection, values, Leased::read).stream().findFirst();
    }

    /** Raises the request number of every other node that lives, and answers of how many. */
    public int ask(Connection connection, UUID asker, Instant now) throws SQLException {
        return ASK.update(connection, new Values().set("asker", asker).set("now", now));
    }
}
