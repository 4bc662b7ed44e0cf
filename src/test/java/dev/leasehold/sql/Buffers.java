package dev.leasehold.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;

/** How many blocks PostgreSQL looks at to carry out a statement of ours: what it costs however fast the machine is. */
final class Buffers {

    private Buffers() {}

    /** Carries the statement out in that connection's transaction. */
    static long of(Connection connection, Sql sql, Values values) throws Exception {
        String plan = Plans.explain(connection, Database.POSTGRESQL, "analyze, buffers, format json", sql, values);
        JsonNode root = new ObjectMapper().readTree(plan).get(0).get("Plan");
        return root.get("Shared Hit Blocks").asLong()
                + root.get("Shared Read Blocks").asLong();
    }
}
