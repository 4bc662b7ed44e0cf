package dev.leasehold.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** One statement, read from its own file; its parameters are written {@code :name}. */
public final class Sql {

    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-z_]+)");

    /** Reads one row. */
    @FunctionalInterface
    public interface RowReader<T> {
        /** Reads the row on which the result set stands. */
        T read(ResultSet row) throws SQLException;
    }

    private final String text;
    private final List<String> names;

    private Sql(String source) {
        names = PARAMETER.matcher(source).results().map(found -> found.group(1)).toList();
        text = PARAMETER.matcher(source).replaceAll("?");
    }

    /** The statement in {@code <database>/<name>.sql} beside this class. */
    public static Sql of(String database, String name) {
        String file = database + "/" + name + ".sql";
        try (InputStream in = Sql.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no statement " + file);
            }
            return new Sql(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a query. */
    public <T> List<T> query(Connection connection, Values values, RowReader<T> reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            values.bind(connection, statement, names);
            try (ResultSet answer = statement.executeQuery()) {
                ResultSet rows = answer.isWrapperFor(ResultSet.class) ? answer.unwrap(ResultSet.class) : answer;
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
                return found;
            }
        }
    }

    /** Runs a change once and answers how many rows it touched. */
    public int update(Connection connection, Values values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            values.bind(connection, statement, names);
            return statement.executeUpdate();
        }
    }

    /** Runs a change once for each set of values and answers, in order, how many rows each touched. */
    public int[] batch(Connection connection, List<Values> rows) throws SQLException {
        if (rows.isEmpty()) {
            return new int[0];
        }
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (Values values : rows) {
                values.bind(connection, statement, names);
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }
}
