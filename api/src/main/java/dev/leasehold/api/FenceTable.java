package dev.leasehold.api;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A table of the application's own that remembers for each concurrency key the greatest {@link Attempt#keyFence()} that wrote,
 * and refuses those below it. Make it in the database that the handler writes to:
 *
 * <pre>{@code
 * create table key_fence (name varchar(255) primary key, fence bigint not null)
 * }</pre>
 *
 * <p>Call {@link #admit} in the transaction of the writes and before them: the row stays locked until that ends, so that of
 * two attempts one writes after the other, and never an older one after a newer one. What is executed is
 *
 * <pre>{@code
 * update key_fence set fence = ? where name = ? and fence <= ?
 * select fence from key_fence where name = ?      -- where the first changed no row
 * insert into key_fence (name, fence) values (?, ?)   -- where there is none
 * }</pre>
 *
 * <p>Two attempts that are both the first of a key to insert its row collide: one gets the database's error for a duplicate, and
 * should be tried again. A row may be removed once no run of its key is left.
 */
public final class FenceTable {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?");

    private final String update;
    private final String select;
    private final String insert;

    /**
     * The table of that name.
     *
     * @param name letters, digits and underscores, with a schema before it or not
     * @throws IllegalArgumentException when it is none
     */
    public FenceTable(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name of a table: " + name);
        }
        update = "update " + name + " set fence = ? where name = ? and fence <= ?";
        select = "select fence from " + name + " where name = ?";
        insert = "insert into " + name + " (name, fence) values (?, ?)";
    }

    /**
     * Lets the attempt write, and from now on none that is older.
     *
     * @param connection in whose transaction the attempt writes
     * @param attempt that of a run with a concurrency key of limit 1
     * @throws StaleFence when a newer one has written
     * @throws IllegalStateException when the attempt has no {@link Attempt#keyFence()}
     */
    public void admit(Connection connection, Attempt attempt) throws SQLException {
        long fence = attempt.keyFence()
                .orElseThrow(() ->
                        new IllegalStateException("run " + attempt.runId() + " has no concurrency key of limit 1"));
        admit(connection, Objects.requireNonNull(attempt.key()), fence);
    }

    /**
     * The same for a number that was passed on, as in the header {@code Leasehold-Key-Fence}.
     *
     * @param key the concurrency key, 1 to 255 characters
     * @param fence the attempt's number
     */
    public void admit(Connection connection, String key, long fence) throws SQLException {
        if (raise(connection, key, fence)) {
            return;
        }
        OptionalLong newest = newest(connection, key);
        if (newest.isEmpty()) {
            begin(connection, key, fence);
        } else if (newest.getAsLong() > fence || !raise(connection, key, fence)) {
            throw new StaleFence(key, fence, Math.max(newest.getAsLong(), fence + 1));
        }
    }

    private OptionalLong newest(Connection connection, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, key);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? OptionalLong.of(found.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private void begin(Connection connection, String key, long fence) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setString(1, key);
            statement.setLong(2, fence);
            statement.executeUpdate();
        }
    }

    private boolean raise(Connection connection, String key, long fence) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            statement.setLong(1, fence);
            statement.setString(2, key);
            statement.setLong(3, fence);
            return statement.executeUpdate() > 0;
        }
    }
}
