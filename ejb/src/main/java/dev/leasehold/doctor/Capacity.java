package dev.leasehold.doctor;

import dev.leasehold.sql.catalog.Catalog.Ages;
import dev.leasehold.sql.catalog.Catalog.Counts;
import dev.leasehold.sql.catalog.Catalog.Role;
import dev.leasehold.sql.catalog.Catalog.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Connections, their pooler, the version, and what is left of the transaction ids. */
final class Capacity {

    static final List<String> NAMES = List.of("max_connections", "superuser_reserved_connections");

    static final Duration LONG_WAIT = Duration.ofMillis(500);
    static final Duration VERY_LONG_WAIT = Duration.ofSeconds(5);
    static final long OLD = 1_000_000_000;
    static final long VERY_OLD = 1_600_000_000;
    static final int OLDEST_VERSION = 15;

    private static final long PERCENT = 100;
    private static final long FULL = 80;
    private static final long VERY_FULL = 95;

    private Capacity() {}

    static Finding waited(Duration took, String dataSource) {
        return Finding.of(
                Code.CONNECTION_WAIT,
                Severity.of(took.toMillis(), LONG_WAIT.toMillis(), VERY_LONG_WAIT.toMillis()),
                "a connection was to be had after " + Words.seconds(took),
                new Detail().put("waited_secs", took),
                largerPool(dataSource));
    }

    /** The pool gave none for as long as it may take. */
    static Finding none(Duration took, String dataSource) {
        return Finding.of(
                Code.CONNECTION_WAIT,
                Severity.CRITICAL,
                "no connection was to be had within " + Words.seconds(took),
                new Detail().put("waited_secs", took),
                largerPool(dataSource));
    }

    private static String largerPool(String dataSource) {
        return "raise max-pool-size of the data source " + dataSource;
    }

    static Finding connections(Counts counts, Map<String, Setting> settings) {
        long most = number(settings, NAMES.get(0));
        long free = most - number(settings, NAMES.get(1));
        return Finding.of(
                Code.CONNECTIONS,
                Severity.of(counts.everybody() * PERCENT, free * FULL, free * VERY_FULL),
                counts.everybody() + " of " + free + " connections are taken, " + counts.ours() + " by our role",
                new Detail()
                        .put("connections", counts.everybody())
                        .put("of_our_role", counts.ours())
                        .put("allowed", free)
                        .put("max_connections", most),
                "alter system set max_connections = " + 2 * most + "; -- and restart the server");
    }

    private static long number(Map<String, Setting> settings, String name) {
        return Long.parseLong(Objects.requireNonNull(settings.get(name)).value());
    }

    /** By the server's processes that answered one connection's transactions. */
    static Finding pooler(Set<Integer> backends) {
        boolean changes = backends.size() > 1;
        return Finding.of(
                Code.POOLER,
                changes ? Severity.CRITICAL : Severity.OK,
                changes
                        ? "one connection's transactions were answered by " + backends.size() + " server processes"
                        : "one connection's transactions were answered by the same server process",
                new Detail().put("server_processes", backends.size()),
                "pool_mode = session");
    }

    /** A statement that was prepared on a connection, and is not known to it or known already. */
    static Finding lostStatement(String state) {
        return Finding.of(
                Code.POOLER,
                Severity.CRITICAL,
                "a prepared statement of this connection went missing (SQL state " + state + ")",
                new Detail().put("sql_state", state),
                "pool_mode = session");
    }

    static Finding visible(Role role) {
        Detail detail = new Detail().put("role", role.name());
        return Finding.of(
                Code.NOT_VISIBLE,
                role.sees() ? Severity.OK : Severity.WARNING,
                "the role " + role.name() + (role.sees() ? " sees" : " does not see") + " other roles' sessions",
                detail,
                grant(role.name()));
    }

    static String grant(String role) {
        return "grant pg_read_all_stats to " + Words.name(role) + ";";
    }

    static Finding version(String version, int major) {
        return Finding.of(
                Code.SERVER_VERSION,
                major < OLDEST_VERSION ? Severity.CRITICAL : Severity.OK,
                "PostgreSQL " + version + "; " + OLDEST_VERSION + " or later is needed",
                new Detail().put("version", version),
                "pg_upgrade");
    }

    static Finding ages(Ages ages) {
        return Finding.of(
                Code.WRAPAROUND,
                Severity.of(Math.max(ages.transactions(), ages.multixacts()), OLD, VERY_OLD),
                "the oldest rows are " + Words.count(ages.transactions()) + " transactions and "
                        + Words.count(ages.multixacts()) + " multixacts old",
                new Detail().put("age_transactions", ages.transactions()).put("age_multixacts", ages.multixacts()),
                "vacuum (freeze);");
    }
}
