package dev.leasehold.sql.catalog;

import dev.leasehold.sql.Database;
import dev.leasehold.sql.Rows;
import dev.leasehold.sql.Sql;
import dev.leasehold.sql.Values;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's catalogs and statistics, as far as the connection's role may see them. */
public final class Catalog {

    private static final int MOST_HOLDERS = 5;
    private static final String READS_STATISTICS = "pg_read_all_stats";
    private static final String MOST = "most";
    private static final String SCHEMA = "schema";
    private static final String AGE = "age";
    private static final String OPEN = "open_micros";

    private static final Sql HOLDERS = Sql.of("postgresql", "snapshot_holders");
    private static final Sql PREPARED = Sql.of("postgresql", "prepared_transactions");
    private static final Sql SLOTS = Sql.of("postgresql", "replication_slots");
    private static final Sql TABLES = Sql.of("postgresql", "table_statistics");
    private static final Sql INDEXES = Sql.of("postgresql", "indexes");
    private static final Sql SETTINGS = Sql.of("postgresql", "server_settings");
    private static final Sql COUNTS = Sql.of("postgresql", "connection_counts");
    private static final Sql AGES = Sql.of("postgresql", "transaction_ages");
    private static final Sql ROLE = Sql.of("postgresql", "role");
    private static final Sql BACKEND = Sql.of("postgresql", "backend");

    /**
     * A session that keeps rows from being removed.
     *
     * @param standby whether it sends to a standby, whose queries it speaks for
     * @param age how many transactions have begun since its snapshot, or since its own transaction id
     * @param open how long its transaction has been open; null where the role may not see it, or there is none
     */
    public record Holder(
            int pid,
            @Nullable String database,
            @Nullable String user,
            @Nullable String application,
            @Nullable String state,
            boolean standby,
            long age,
            @Nullable Duration open) {}

    /** A transaction that was prepared and is neither committed nor rolled back. */
    public record Prepared(
            String gid,
            String database,
            String owner,
            long age,
            @Nullable Duration open) {}

    /** A replication slot that keeps rows from being removed; the process that uses it, if one does. */
    public record Slot(String name, @Nullable Integer activePid, long age) {}

    /**
     * What is counted of one of our tables; estimates.
     *
     * @param autovacuum what the table itself says of it; null when it says nothing
     */
    public record TableState(
            String name,
            long live,
            long dead,
            @Nullable Instant vacuumedAt,
            @Nullable Instant analyzedAt,
            @Nullable String autovacuum) {}

    /** An index of our schema, and whether somebody is building it. */
    public record IndexState(String name, boolean valid, boolean underWay) {}

    /** A parameter as this connection has it, and where it was set, in the database's own words. */
    public record Setting(String name, String value, String source) {}

    /** Connections to the whole server, and those of our role to our database. */
    public record Counts(long everybody, long ours) {}

    /** How many transactions, and multixacts, have begun since the oldest that the database's rows still name. */
    public record Ages(long transactions, long multixacts) {}

    /** Who asks, where, and whether the role sees everybody's sessions. */
    public record Role(String name, String database, boolean sees) {}

    private Catalog() {}

    /** The sessions that keep rows of our database from being removed, the oldest first, at most five. */
    public static List<Holder> holders(Connection connection) throws SQLException {
        return HOLDERS.query(
                connection,
                new Values().set(MOST, MOST_HOLDERS).set("walsender", "walsender"),
                row -> new Holder(
                        row.getInt("pid"),
                        row.getString("datname"),
                        row.getString("usename"),
                        row.getString("application_name"),
                        row.getString("state"),
                        row.getBoolean("standby"),
                        row.getLong(AGE),
                        Rows.durationOrNull(row, OPEN)));
    }

    /** The prepared transactions, the oldest first, at most five. */
    public static List<Prepared> prepared(Connection connection) throws SQLException {
        return PREPARED.query(
                connection,
                new Values().set(MOST, MOST_HOLDERS),
                row -> new Prepared(
                        row.getString("gid"),
                        row.getString("database"),
                        row.getString("owner"),
                        row.getLong(AGE),
                        Rows.durationOrNull(row, OPEN)));
    }

    /** The replication slots that keep rows from being removed, the oldest first, at most five. */
    public static List<Slot> slots(Connection connection) throws SQLException {
        return SLOTS.query(
                connection,
                new Values().set(MOST, MOST_HOLDERS),
                row -> new Slot(row.getString("slot_name"), Rows.numberOrNull(row, "active_pid"), row.getLong(AGE)));
    }

    /** Our tables, by name. */
    public static List<TableState> tables(Connection connection) throws SQLException {
        return TABLES.query(
                connection,
                schema().set("option", "autovacuum_enabled"),
                row -> new TableState(
                        row.getString("relname"),
                        row.getLong("n_live_tup"),
                        row.getLong("n_dead_tup"),
                        Rows.instantOrNull(row, "vacuumed_at"),
                        Rows.instantOrNull(row, "analyzed_at"),
                        row.getString("option_value")));
    }

    /** The indexes of our schema, by name. */
    public static List<IndexState> indexes(Connection connection) throws SQLException {
        return INDEXES.query(
                connection,
                schema(),
                row -> new IndexState(row.getString("relname"), row.getBoolean("valid"), row.getBoolean("under_way")));
    }

    /** Parameters by name; one that the server does not know is left out. */
    public static Map<String, Setting> settings(Connection connection, Collection<String> names) throws SQLException {
        return SETTINGS
                .query(
                        connection,
                        new Values().names("names", "text", names),
                        row -> new Setting(row.getString("name"), row.getString("setting"), row.getString("source")))
                .stream()
                .collect(Collectors.toMap(Setting::name, setting -> setting));
    }

    /** How many connections there are. */
    public static Counts counts(Connection connection) throws SQLException {
        return COUNTS.query(connection, new Values(), row -> new Counts(row.getLong("everybody"), row.getLong("ours")))
                .get(0);
    }

    /** How far the database is from the wraparound of its transaction ids. */
    public static Ages ages(Connection connection) throws SQLException {
        return AGES.query(
                        connection,
                        new Values(),
                        row -> new Ages(row.getLong("transactions"), row.getLong("multixacts")))
                .get(0);
    }

    /** Who asks. */
    public static Role role(Connection connection) throws SQLException {
        Values values = new Values().set("role", READS_STATISTICS).set("privilege", "usage");
        return ROLE.query(
                        connection,
                        values,
                        row -> new Role(row.getString("role"), row.getString("database"), row.getBoolean("sees")))
                .get(0);
    }

    /** The number of the server's process that answered. */
    public static int backend(Connection connection) throws SQLException {
        return BACKEND.query(connection, new Values(), row -> row.getInt(1)).get(0);
    }

    private static Values schema() {
        return new Values().set(SCHEMA, Database.POSTGRESQL.schema());
    }
}
