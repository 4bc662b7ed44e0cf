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

/** Reads all that a claim would look at for one run. */
@ApplicationScoped
public class ExplainStatement {

    private static final Sql EXPLAIN = Sql.of("common", "explain");
    private static final Sql EARLIER = Sql.of("common", "earlier_runs");

    /**
     * A run and where it stands.
     *
     * @param state its state's word
     * @param held whether an operator keeps it from being claimed
     * @param buffered whether it waits for earlier runs of its task to end
     * @param dueAt when it becomes ready by itself
     * @param expiresAt when it is called off unless an attempt was started
     * @param queue its queue
     * @param type its task's type
     * @param capabilities what its worker must be able to
     * @param permits the permits that it needs, in the order in which they are tested
     * @param owner the worker that it is leased to
     */
    public record Standing(
            String state,
            boolean held,
            boolean buffered,
            @Nullable Instant dueAt,
            @Nullable Instant expiresAt,
            String queue,
            String type,
            List<String> capabilities,
            List<Long> permits,
            @Nullable String owner) {

        static Standing read(ResultSet row) throws SQLException {
            String capabilities = row.getString("capabilities");
            return new Standing(
                    row.getString("state"),
                    row.getBoolean("held"),
                    row.getBoolean("buffered"),
                    Rows.instantOrNull(row, "due_at"),
                    Rows.instantOrNull(row, "expires_at"),
                    row.getString("queue"),
                    row.getString("type"),
                    capabilities.isEmpty() ? List.of() : List.of(capabilities.split("\n", -1)),
                    Candidate.Needs.read(
                                    row,
                                    Candidate.Needs.number(row, "queue_permit"),
                                    Candidate.Needs.number(row, "type_permit"))
                            .permits(),
                    row.getString("owner"));
        }
    }

    /** The run, if the tenant has it. */
    public Optional<Standing> find(Connection connection, UUID tenant, UUID run) throws SQLException {
        Values values = new Values().set("tenant", tenant).set("run_id", run);
        return EXPLAIN.query(connection, values, Standing::read).stream().findFirst();
    }

    /** The earlier runs of the run's task that are under way, oldest first. */
    public List<UUID> earlier(Connection connection, UUID tenant, UUID run, int max) throws SQLException {
        Values values = new Values().set("tenant", tenant).set("run_id", run).set("max", max);
        return EARLIER.query(connection, values, row -> Rows.uuid(row, "run_id"));
    }
}
