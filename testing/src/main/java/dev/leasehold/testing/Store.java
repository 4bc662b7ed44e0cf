package dev.leasehold.testing;

import dev.leasehold.sql.Database;
import dev.leasehold.sql.Positions;
import dev.leasehold.sql.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/** A database with the queue's tables, and what all processes on it share. */
final class Store implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String NEXT = """
            select min(at) from (
              select due_at as at from leasehold.run
              union all select expires_at from leasehold.run where attempts_started = 0
              union all select expiry from leasehold.lease
              union all select until from leasehold.permit_holder
              union all select due_at from leasehold.wait
              union all select wake_at from leasehold.schedule)
            where at > ?
            """;
    private static final String READY_TYPES = """
            select distinct l.type from leasehold.run r
            join leasehold.lane l on l.tenant_id = r.tenant_id and l.lane_id = r.lane_id
            where r.state = 'Ready' order by l.type
            """;

    private final JdbcDataSource database = new JdbcDataSource();
    private final TestClock clock = new TestClock();
    private final Statements statements;

    @SuppressWarnings("ThreadLocalUsage") // one a database, not one a Java process
    private final ThreadLocal<@Nullable OpenTransaction> slot = new ThreadLocal<>();

    /** A new one, where nobody waits for a lock for longer than so many milliseconds. */
    Store(int lockMillis) {
        database.setUrl("jdbc:h2:mem:leasehold_testing_" + NUMBER.incrementAndGet() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT="
                + lockMillis);
        database.setUser("sa");
        try (Connection connection = database.getConnection()) {
            Template.copy(connection);
            statements = Statements.of(
                    Database.H2,
                    Positions.begin(Database.H2, connection, new ThreadTransactions(slot, this::connect, null)));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    TestClock clock() {
        return clock;
    }

    Statements statements() {
        return statements;
    }

    /** Where each thread's transaction is kept. */
    ThreadLocal<@Nullable OpenTransaction> slot() {
        return slot;
    }

    /** A connection that nobody watches. */
    Connection connect() {
        try {
            return database.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does that as if this thread had no transaction. */
    <T> T aside(Supplier<T> work) {
        OpenTransaction before = slot.get();
        slot.remove();
        try {
            return work.get();
        } finally {
            slot.set(before);
        }
    }

    /** When something happens next by itself, if ever. */
    Optional<Instant> next() {
        return instant(NEXT, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    /** When the run's lease ends, if it has one. */
    Optional<Instant> leaseEnd(UUID run) {
        return instant("select expiry from leasehold.lease where run_id = ?", run);
    }

    /** When the run is ready by itself, if ever. */
    Optional<Instant> dueAt(UUID run) {
        return instant("select due_at from leasehold.run where run_id = ?", run);
    }

    private Optional<Instant> instant(String query, Object value) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setObject(1, value);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.ofNullable(rows.getObject(1, OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The task types of all ready runs. */
    List<String> readyTypes() {
        List<String> types = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(READY_TYPES)) {
            while (rows.next()) {
                types.add(rows.getString(1));
            }
            return types;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
