package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values for a statement's parameters, by name. */
public final class Values {

    private record Column(String type, List<@Nullable Object> items) {

        @Nullable
        Object[] array() {
            return switch (type) {
                case "bytea" -> items.toArray(new byte[0][]);
                case "int8" -> items.toArray(new Long[0]);
                case "int4" -> items.toArray(new Integer[0]);
                case "varchar" -> items.toArray(new String[0]);
                default -> items.toArray();
            };
        }
    }

    /** The order in which databases sort ids; Java's own takes their bits for signed numbers. */
    public static final Comparator<UUID> BY_BITS = Comparator.comparing(
                    UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private final Map<String, @Nullable Object> values = new HashMap<>();

    /** Binds one value; null, UUID, String, number, Boolean, bytes or Instant. */
    public Values set(String name, @Nullable Object value) {
        values.put(name, value);
        return this;
    }

    /** Binds an array with one item for each row. */
    public <T> Values column(String name, String type, List<T> rows, Function<T, @Nullable Object> item) {
        values.put(
                name,
                new Column(type, rows.stream().map(item).map(Values::plain).toList()));
        return this;
    }

    /** Binds ids, each once and in the order in which both databases sort them: rows are locked in that order. */
    public Values ids(String name, Collection<UUID> ids) {
        return column(name, "uuid", ids.stream().distinct().sorted(BY_BITS).toList(), id -> id);
    }

    /** Binds numbers or texts, each once and in order. */
    public <T extends Comparable<T>> Values names(String name, String type, Collection<T> names) {
        return column(name, type, names.stream().distinct().sorted().toList(), one -> one);
    }

    /** The same values and others; those given again are replaced. */
    public Values with(Values more) {
        Values both = new Values();
        both.values.putAll(values);
        both.values.putAll(more.values);
        return both;
    }

    @Nullable
    Object get(String name) {
        return values.get(name);
    }

    void bind(Connection connection, PreparedStatement statement, List<String> names) throws SQLException {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!values.containsKey(name)) {
                throw new IllegalStateException("no value for :" + name);
            }
            Object value = values.get(name);
            if (value == null) {
                statement.setNull(i + 1, Types.NULL);
            } else if (value instanceof Column column) {
                statement.setArray(i + 1, connection.createArrayOf(column.type(), column.array()));
            } else if (value instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else {
                statement.setObject(i + 1, plain(value));
            }
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Instant instant ? utc(instant) : value;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
