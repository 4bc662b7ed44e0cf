package dev.leasehold.sql;

import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The plans by which databases carry our statements out. On PostgreSQL those that a connection keeps for every value
 * where it is set to, as ours are: {@code explain} of a statement with bound values shows one that is made for these.
 */
final class Plans {

    private static final Pattern MARK = Pattern.compile("\\?");
    private static final Pattern VISITED =
            Pattern.compile("(?:scanCount: |actual [^)]*rows=|loops=|Rows Removed by [A-Z][\\w ]*: )(\\d+)");
    private static final Map<Class<?>, String> TYPES = Map.of(
            Long.class, "bigint",
            Integer.class, "integer",
            Boolean.class, "boolean",
            UUID.class, "uuid",
            String.class, "varchar",
            OffsetDateTime.class, "timestamptz");

    private Plans() {}

    /** How many rows each step of an analyzed plan visited at a time, and how often. */
    static IntStream visited(String plan) {
        return VISITED.matcher(plan).results().mapToInt(found -> Integer.parseInt(found.group(1)));
    }

    /** What {@code explain} with these options answers for one of our statements; it is carried out if they say so. */
    static String explain(Connection connection, Database database, String options, Sql sql, Values values)
            throws SQLException {
        Map<Integer, @Nullable Object> bound = new TreeMap<>();
        PreparedStatement recorder = (PreparedStatement) Proxy.newProxyInstance(
                Plans.class.getClassLoader(), new Class<?>[] {PreparedStatement.class}, (proxy, method, given) -> {
                    bound.put((Integer) given[0], method.getName().equals("setNull") ? null : given[1]);
                    return null;
                });
        values.bind(connection, recorder, names(sql));
        return explain(connection, database, options, (String) field(sql, "text"), bound.values());
    }

    /** The same for a statement with such values for its question marks. */
    static String explain(Connection connection, Database database, String options, String sql, Collection<?> values)
            throws SQLException {
        return database == Database.H2
                ? bound(connection, options.contains("analyze") ? "explain analyze " : "explain ", sql, values)
                : kept(connection, options, sql, values);
    }

    private static String bound(Connection connection, String explain, String sql, Collection<?> values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(explain + sql)) {
            int number = 0;
            for (Object value : values) {
                statement.setObject(++number, value);
            }
            return lines(statement.executeQuery());
        }
    }

    private static String kept(Connection connection, String options, String sql, Collection<?> values)
            throws SQLException {
        String types = inBrackets(values.stream().map(Plans::type));
        String written = inBrackets(values.stream().map(Plans::written));
        try (Statement statement = connection.createStatement()) {
            statement.execute("prepare explained " + types + " as " + numbered(sql));
            try {
                return lines(statement.executeQuery("explain (" + options + ") execute explained " + written));
            } finally {
                statement.execute("deallocate explained");
            }
        }
    }

    private static String inBrackets(Stream<String> items) {
        String all = items.collect(Collectors.joining(", "));
        return all.isEmpty() ? all : "(" + all + ")";
    }

    private static String lines(ResultSet rows) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (rows) {
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    private static String numbered(String sql) {
        Matcher mark = MARK.matcher(sql);
        StringBuilder numbered = new StringBuilder();
        for (int i = 1; mark.find(); i++) {
            mark.appendReplacement(numbered, "\\$" + i);
        }
        return mark.appendTail(numbered).toString();
    }

    private static String type(@Nullable Object value) {
        try {
            if (value instanceof Array array) {
                return array.getBaseTypeName() + "[]";
            }
            return value == null ? "unknown" : TYPES.get(value.getClass());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String written(@Nullable Object value) {
        return value == null ? "null" : "'" + value.toString().replace("'", "''") + "'";
    }

    @SuppressWarnings("unchecked")
    private static List<String> names(Sql sql) {
        return (List<String>) field(sql, "names");
    }

    private static Object field(Sql sql, String name) {
        try {
            Field field = Sql.class.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(sql);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
