package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Finds runs that should have been started by now. */
@ApplicationScoped
public class ExpiredRuns {

    private static final Sql EXPIRED = Sql.of("common", "expired_runs");

    /** A run and its tenant. */
    public record Key(UUID tenant, UUID run) {}

    /** Up to that many, the longest overdue first; nothing is held. */
    public List<Key> find(Connection connection, Instant now, int max) throws SQLException {
        return EXPIRED.query(
                connection,
                new Values().set("now", now).set("max", max),
                row -> new Key(Rows.uuid(row, "tenant_id"), Rows.uuid(row, "run_id")));
    }
}
