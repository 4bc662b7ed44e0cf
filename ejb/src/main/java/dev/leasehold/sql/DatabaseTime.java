package dev.leasehold.sql;

import dev.leasehold.time.DatabaseClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Measures how far the database's clock is ahead of this machine's. */
public final class DatabaseTime {

    private static final int PROBES = 5;
    private static final Sql NOW = Sql.of("postgresql", "database_time");

    private DatabaseTime() {}

    /** The median of five measurements in microseconds; an embedded database has this machine's wall clock. */
    public static long offset(Database database, Connection connection, DatabaseClock clock) throws SQLException {
        if (database == Database.H2) {
            return clock.wallAhead();
        }
        long[] offsets = new long[PROBES];
        for (int i = 0; i < PROBES; i++) {
            offsets[i] = probe(connection, clock);
        }
        Arrays.sort(offsets);
        return offsets[PROBES / 2];
    }

    private static long probe(Connection connection, DatabaseClock clock) throws SQLException {
        Instant before = clock.machineTime();
        Instant there = NOW.query(connection, new Values(), row -> Rows.instant(row, "clock_timestamp"))
                .get(0);
        Duration trip = Duration.between(before, clock.machineTime());
        return Duration.between(before.plus(trip.dividedBy(2)), there).toNanos() / 1000;
    }
}
