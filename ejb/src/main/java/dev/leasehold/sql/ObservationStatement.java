package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Reads the newest of what belongs to a run, what of it keeps the run, and how many of each there are. */
@ApplicationScoped
public class ObservationStatement {

    private static final String COMMON = "common";
    private static final Sql WAITS = Sql.of(COMMON, "newest_waits");
    private static final Sql BLOCKING = Sql.of(COMMON, "first_blocking_waits");
    private static final Sql LETTERS = Sql.of(COMMON, "newest_letters");
    private static final Sql UNSETTLED = Sql.of(COMMON, "unsettled_letters");
    private static final Sql COUNTS = Sql.of(COMMON, "observed_counts");

    /** How many of each a run has. */
    public record Counts(long waits, long activeWaits, long deadLetters, long auditRecords) {}

    /** Its newest waits, the oldest first. */
    public List<WaitRow> waits(Connection connection, UUID tenant, UUID run, int max) throws SQLException {
        return reversed(WAITS.query(connection, values(tenant, run, max), WaitRow::read));
    }

    /** The oldest of the waits that block it, the oldest first. */
    public List<WaitRow> blocking(Connection connection, UUID tenant, UUID run, int max) throws SQLException {
        return BLOCKING.query(connection, values(tenant, run, max), WaitRow::read);
    }

    /** Its newest dead letters, the oldest first. */
    public List<LetterRow> letters(Connection connection, UUID tenant, UUID run, int max) throws SQLException {
        return reversed(LETTERS.query(connection, values(tenant, run, max), LetterRow::read));
    }

    /** The oldest of its dead letters that leave something to be decided, the oldest first. */
    public List<LetterRow> unsettled(Connection connection, UUID tenant, UUID run, int max) throws SQLException {
        return UNSETTLED.query(connection, values(tenant, run, max), LetterRow::read);
    }

    /** How many of each it has. */
    public Counts counts(Connection connection, UUID tenant, UUID run) throws SQLException {
        return COUNTS.query(
                        connection,
                        new Values().set("tenant", tenant).set("run_id", run),
                        row -> new Counts(
                                row.getLong("waits"),
                                row.getLong("active_waits"),
                                row.getLong("dead_letters"),
                                row.getLong("audit_records")))
                .get(0);
    }

    private static Values values(UUID tenant, UUID run, int max) {
        return new Values().set("tenant", tenant).set("run_id", run).set("max", max);
    }

    private static <T> List<T> reversed(List<T> newestFirst) {
        List<T> rows = new ArrayList<>(newestFirst);
        Collections.reverse(rows);
        return rows;
    }
}
