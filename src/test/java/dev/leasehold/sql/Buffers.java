package dev.leasehold.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.util.List;

/** How many blocks PostgreSQL looks at to carry out a statement of ours: what it costs however fast the machine is. */
final class Buffers {

    private static final String CTE = "CTE ";

    private Buffers() {}

    /** Carries the statement out in that connection's transaction. */
    static long of(Connection connection, Sql sql, Values values) throws Exception {
        String plan = Plans.explain(connection, Database.POSTGRESQL, "analyze, buffers, format json", sql, values);
        JsonNode root = new ObjectMapper().readTree(plan).get(0).get("Plan");
        return blocks(root);
    }

    /** What the plan looks at; parts that only change something are no part of the sum at its top. */
    private static long blocks(JsonNode plan) {
        List<String> scanned = plan.findValuesAsText("CTE Name");
        return own(plan)
                + plan.findParents("Subplan Name").stream()
                        .filter(part -> {
                            String name = part.get("Subplan Name").asText();
                            return name.startsWith(CTE) && !scanned.contains(name.substring(CTE.length()));
                        })
                        .mapToLong(Buffers::own)
                        .sum();
    }

    private static long own(JsonNode plan) {
        return plan.path("Shared Hit Blocks").asLong()
                + plan.path("Shared Read Blocks").asLong();
    }
}
