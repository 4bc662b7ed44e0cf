package dev.leasehold.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;

/** How many blocks PostgreSQL looks at to carry out a statement of ours: what it costs however fast the machine is. */
final class Buffers {

    private Buffers() {}

    /** Carries the statement out in that connection's transaction. */
    @SuppressWarnings("unchecked")
    static long of(Connection connection, Sql sql, Values values) throws Exception {
        try (PreparedStatement statement =
                connection.prepareStatement("explain (analyze, buffers, format json) " + field(sql, "text"))) {
            values.bind(connection, statement, (List<String>) field(sql, "names"));
            try (ResultSet plan = statement.executeQuery()) {
                plan.next();
                JsonNode root =
                        new ObjectMapper().readTree(plan.getString(1)).get(0).get("Plan");
                return root.get("Shared Hit Blocks").asLong()
                        + root.get("Shared Read Blocks").asLong();
            }
        }
    }

    private static Object field(Sql statement, String name) throws ReflectiveOperationException {
        Field field = Sql.class.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(statement);
    }
}
