package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Stores dead letters: what failed for good, and what is done about it. */
@ApplicationScoped
public class LetterStatement {

    /** What the letter of a run is of. */
    static final String OF_RUN = "run";

    /** What the letter of a wait that took too long is of. */
    static final String OF_WAIT = "wait";

    private static final String COMMON = "common";
    private static final Sql LEAVE = Sql.of(COMMON, "leave_letter");
    private static final Sql OF_RERUNS = Sql.of(COMMON, "letters_of_reruns");
    private static final Sql LOCK = Sql.of(COMMON, "lock_letters");
    private static final Sql LOCK_FREE = Sql.of(COMMON, "lock_free_letters");
    private static final Sql READ = Sql.of(COMMON, "read_letters");
    private static final Sql CHANGE = Sql.of(COMMON, "change_letter");
    private static final Sql DUE = Sql.of(COMMON, "due_letters");
    private static final Sql LIVE = Sql.of(COMMON, "live_letters");
    private static final Sql LIST = Sql.of(COMMON, "letters");
    private static final Sql LIST_OF_STATUS = Sql.of(COMMON, "letters_of_status");
    private static final Sql LIST_OF_RUN = Sql.of(COMMON, "letters_of_run");
    private static final Place FRONT = new Place(Instant.EPOCH, "");

    /**
     * What leaves a letter.
     *
     * @param letter the letter's id
     * @param source what it is of
     * @param id that one's id
     * @param run the run that it concerns
     * @param reason why
     * @param fingerprint what failures for the same cause have in common
     */
    public record Failure(String letter, String source, String id, UUID run, String reason, String fingerprint) {

        /** A run failed. */
        public static Failure ofRun(UUID run, String reason, String fingerprint) {
            return new Failure(idOf(run), OF_RUN, run.toString(), run, reason, fingerprint);
        }

        /** A wait of a run took too long. */
        public static Failure ofWait(String letter, String wait, UUID run, String reason, String fingerprint) {
            return new Failure(letter, OF_WAIT, wait, run, reason, fingerprint);
        }
    }

    /** A re-run's letter, and how often that re-run was attempted. */
    public record OfRerun(UUID run, String letter, int attempts) {}

    /** A letter that is due, and the task of its run. */
    public record Key(UUID tenant, String letter, UUID task) {
        static Key read(ResultSet row) throws SQLException {
            return new Key(Rows.uuid(row, "tenant_id"), row.getString("dead_letter_id"), Rows.uuid(row, "task_id"));
        }
    }

    /** Where a letter stands in a list. */
    public record Place(Instant at, String letter) {}

    /** What a list is about; what is null does not narrow it, and a run narrows it more than a status. */
    public record Listing(@Nullable String status, @Nullable UUID run) {}

    /** The id of a run's own letter. */
    public static String idOf(UUID run) {
        return "dead-letter-" + run;
    }

    /** Stores a letter for each; the transaction holds their runs. */
    public void leave(Connection connection, UUID tenant, Instant now, String status, List<Failure> failures)
            throws SQLException {
        LEAVE.batch(
                connection,
                failures.stream()
                        .map(one -> new Values()
                                .set("tenant", tenant)
                                .set("now", now)
                                .set("dead_letter_id", one.letter())
                                .set("source_type", one.source())
                                .set("source_id", one.id())
                                .set("run_id", one.run())
                                .set("reason", one.reason())
                                .set("fingerprint", one.fingerprint())
                                .set("status", status))
                        .toList());
    }

    /** The letters that those of the runs stand for that do. */
    public Map<UUID, OfRerun> ofReruns(Connection connection, UUID tenant, Collection<UUID> runs) throws SQLException {
        Values values = new Values().set("tenant", tenant).ids("run_ids", runs);
        return OF_RERUNS
                .query(
                        connection,
                        values,
                        row -> new OfRerun(
                                Rows.uuid(row, "run_id"),
                                row.getString("dead_letter_id"),
                                row.getInt("attempts_started")))
                .stream()
                .collect(Collectors.toMap(OfRerun::run, one -> one));
    }

    /** Waits until it holds those of the letters that exist, and answers them as they are then. */
    public List<LetterRow> lock(Connection connection, UUID tenant, Collection<String> letters) throws SQLException {
        return locked(LOCK, connection, tenant, letters);
    }

    /** Holds those of the letters that nobody else holds. */
    public List<LetterRow> lockFree(Connection connection, UUID tenant, Collection<String> letters)
            throws SQLException {
        return locked(LOCK_FREE, connection, tenant, letters);
    }

    private static List<LetterRow> locked(Sql lock, Connection connection, UUID tenant, Collection<String> letters)
            throws SQLException {
        return letters.isEmpty()
                ? List.of()
                : read(
                        connection,
                        tenant,
                        lock.query(connection, named(tenant, letters), row -> row.getString("dead_letter_id")));
    }

    /** Those of the letters that exist, whoever holds them. */
    public List<LetterRow> find(Connection connection, UUID tenant, Collection<String> letters) throws SQLException {
        return read(connection, tenant, letters);
    }

    private static List<LetterRow> read(Connection connection, UUID tenant, Collection<String> letters)
            throws SQLException {
        return letters.isEmpty() ? List.of() : READ.query(connection, named(tenant, letters), LetterRow::read);
    }

    private static Values named(UUID tenant, Collection<String> letters) {
        return new Values().set("tenant", tenant).names("letter_ids", "varchar", letters);
    }

    /** Stores letters that this transaction holds. */
    public void change(Connection connection, List<LetterRow> letters) throws SQLException {
        CHANGE.batch(connection, letters.stream().map(LetterRow::values).toList());
    }

    /** Up to {@code max} letters, of any tenant, whose next retry is due. */
    public List<Key> due(Connection connection, Instant now, int max) throws SQLException {
        return DUE.query(connection, new Values().set("now", now).set("max", max), Key::read);
    }

    /** Those of the letters that have a re-run in none of these states. */
    public Set<String> live(Connection connection, UUID tenant, Collection<String> letters, List<String> terminal)
            throws SQLException {
        Values values = named(tenant, letters).column("terminal", "varchar", terminal, word -> word);
        return new HashSet<>(LIVE.query(connection, values, row -> row.getString("dead_letter_id")));
    }

    /** The first letters behind that place, or of all, by the instant of their first failure, then id. */
    public List<LetterRow> list(Connection connection, UUID tenant, Listing listing, @Nullable Place after, int max)
            throws SQLException {
        Place from = after == null ? FRONT : after;
        Values values = new Values()
                .set("tenant", tenant)
                .set("after_at", from.at())
                .set("after_id", from.letter())
                .set("status", listing.status())
                .set("run_id", listing.run())
                .set("max", max);
        Sql list = listing.status() == null ? LIST : LIST_OF_STATUS;
        return (listing.run() == null ? list : LIST_OF_RUN).query(connection, values, LetterRow::read);
    }
}
