package dev.leasehold.conformance;

import dev.leasehold.conformance.Tally.Counted;
import dev.leasehold.run.Step;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.KnownLanes;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.Repeats;
import dev.leasehold.sql.Sql;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The queue's own tables, for what the product never does: emptying them, and counting what just happened. */
@ApplicationScoped
public class Store {

    /** What a migration wrote, and what must go on. */
    private static final Set<String> KEPT =
            Set.of("leasehold_schema_history", "position_base", "tally_floor", "tenant");

    @Inject
    Repeats repeats;

    @Inject
    QueueSession session;

    @Inject
    Instance<KnownLanes> lanes;

    /** Deletes every row of every table but those that a migration wrote; a new table needs no mention here. */
    void empty() {
        repeats.call(() -> session.work(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String table : tables(connection)) {
                    statement.executeUpdate("delete from leasehold." + table);
                }
                return statement.executeUpdate(
                        "delete from leasehold.tenant where tenant_id <> '" + Caller.DEFAULT_TENANT + "'");
            }
        }));
        lanes.destroy(lanes.get());
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        String schema = Database.of(connection).schema();
        try (ResultSet rows = connection.getMetaData().getTables(null, schema, "%", null)) {
            while (rows.next()) {
                String table = rows.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
                if (rows.getString("TABLE_TYPE").endsWith("TABLE") && !KEPT.contains(table)) {
                    tables.add(table);
                }
            }
        }
        return tables;
    }

    /** The greatest position that an event has. */
    long position() {
        return repeats.call(() -> session.work(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select coalesce(max(pos), 0) from leasehold.event")) {
                rows.next();
                return rows.getLong(1);
            }
        }));
    }

    /** What happened after that position. */
    Tally since(long position) {
        return Tally.of(repeats.call(() -> session.work(connection -> counted(connection, position))));
    }

    private static List<Counted> counted(Connection connection, long position) throws SQLException {
        List<Counted> counted = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "select transitions, count(*) from leasehold.event where pos > ? group by transitions")) {
            statement.setLong(1, position);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long times = rows.getLong(2);
                    Step.parse(rows.getString(1)).forEach(step -> counted.add(new Counted(step, times)));
                }
            }
        }
        return counted;
    }

    /** What a query of a word and a count answers. */
    Map<String, Long> counts(String sql) {
        Map<String, Long> counts = new HashMap<>();
        rows(sql, row -> counts.put(row.getString(1), row.getLong(2)));
        return counts;
    }

    /** The seconds between the two instants of each row. */
    List<Double> seconds(String sql) {
        return rows(sql, row -> {
            Duration between =
                    Duration.between(row.getObject(1, OffsetDateTime.class), row.getObject(2, OffsetDateTime.class));
            return between.toNanos() / (double) TimeUnit.SECONDS.toNanos(1);
        });
    }

    private <T> List<T> rows(String sql, Sql.RowReader<T> reader) {
        return repeats.call(() -> session.work(connection -> {
            List<T> found = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(sql);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
            return found;
        }));
    }
}
