package dev.leasehold.sql;

import dev.leasehold.sql.LetterStatement.Place;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sums dead letters up by what caused them, and stores how far it has come that a cause's runs are done again. */
@ApplicationScoped
public class CauseStatement {

    private static final String COMMON = "common";
    private static final Sql LIST = Sql.of(COMMON, "causes");
    private static final Sql ONE = Sql.of(COMMON, "cause");
    private static final Sql RERUNS = Sql.of(COMMON, "cause_reruns");
    private static final Sql RUNNING = Sql.of(COMMON, "running_cause_reruns");
    private static final Sql LOCK = Sql.of(COMMON, "lock_cause_rerun");
    private static final Sql LOCK_FREE = Sql.of(COMMON, "lock_free_cause_rerun");
    private static final Sql CHANGE = Sql.of(COMMON, "change_cause_rerun");
    private static final Sql NEXT = Sql.of(COMMON, "next_of_cause");
    private static final Sql OPEN_H2 = Sql.of("h2", "open_cause_rerun");
    private static final Sql OPEN_POSTGRESQL = Sql.of("postgresql", "open_cause_rerun");
    private static final InsertOrNothing OPEN = InsertOrNothing.of(OPEN_H2, OPEN_POSTGRESQL);

    /** A cause whose runs are done again. */
    public record CauseKey(UUID tenant, String fingerprint) {
        private Values values() {
            return new Values().set("tenant", tenant).set("fingerprint", fingerprint);
        }
    }

    /** A run that is to be done again, its task, and where its letter stands. */
    public record Next(UUID run, UUID task, Place place) {
        static Next read(ResultSet row) throws SQLException {
            return new Next(
                    Rows.uuid(row, "run_id"),
                    Rows.uuid(row, "task_id"),
                    new Place(Rows.instant(row, "created_at"), row.getString("dead_letter_id")));
        }
    }

    /** Up to {@code max} causes, those that failed last before others. */
    public List<CauseRow> list(Connection connection, UUID tenant, Instant since, int max) throws SQLException {
        Values values = new Values().set("tenant", tenant).set("since", since).set("max", max);
        return LIST.query(connection, values, CauseRow::read);
    }

    /** That cause, where any of its letters leaves something to be decided. */
    public Optional<CauseRow> one(Connection connection, CauseKey key, Instant since) throws SQLException {
        return ONE.query(connection, key.values().set("since", since), CauseRow::read).stream()
                .findFirst();
    }

    /** Which of the causes were done again, whoever holds them. */
    public List<CauseRerunRow> reruns(Connection connection, UUID tenant, Collection<String> fingerprints)
            throws SQLException {
        Values values = new Values().set("tenant", tenant).names("fingerprints", "varchar", fingerprints);
        return fingerprints.isEmpty() ? List.of() : RERUNS.query(connection, values, CauseRerunRow::read);
    }

    /** Up to {@code max} causes, of any tenant, whose batches go on. */
    public List<CauseKey> running(Connection connection, int max) throws SQLException {
        return RUNNING.query(
                connection,
                new Values().set("max", max),
                row -> new CauseKey(Rows.uuid(row, "tenant_id"), row.getString("fingerprint")));
    }

    /** Stores one that begins, unless that cause was done again before. */
    public boolean open(Connection connection, CauseRerunRow begun) throws SQLException {
        return OPEN.insert(connection, begun.values());
    }

    /** Waits until it holds that one. */
    public Optional<CauseRerunRow> lock(Connection connection, CauseKey key) throws SQLException {
        return LOCK.query(connection, key.values(), CauseRerunRow::read).stream()
                .findFirst();
    }

    /** Holds that one, unless somebody else does. */
    public Optional<CauseRerunRow> lockFree(Connection connection, CauseKey key) throws SQLException {
        return LOCK_FREE.query(connection, key.values(), CauseRerunRow::read).stream()
                .findFirst();
    }

    /** Stores one that this transaction holds. */
    public void change(Connection connection, CauseRerunRow row) throws SQLException {
        CHANGE.update(connection, row.values());
    }

    /** Up to {@code max} runs that failed before the order and come after the last batch; none that is retried anyway. */
    public List<Next> next(Connection connection, CauseRerunRow row, int max) throws SQLException {
        return NEXT.query(
                connection,
                row.values().set("source_type", LetterStatement.OF_RUN).set("max", max),
                Next::read);
    }
}
