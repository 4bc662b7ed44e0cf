package dev.leasehold.bench.leasehold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;

/** How many blocks PostgreSQL looked at to carry out a statement: what that costs however fast the machine is. */
public final class Blocks {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CTE = "CTE ";

    private Blocks() {}

    /**
     * Of a statement that was carried out.
     *
     * @param explained what {@code explain (analyze, buffers, format json)} answered
     * @return blocks found in memory and read; parts that only change something are no part of the sum at the plan's top
     * @throws IOException when that is no JSON
     */
    public static long of(String explained) throws IOException {
        JsonNode plan = JSON.readTree(explained).path(0).path("Plan");
        List<String> scanned = plan.findValuesAsText("CTE Name");
        return own(plan)
                + plan.findParents("Subplan Name").stream()
                        .filter(part -> {
                            String name = part.get("Subplan Name").asText();
                            return name.startsWith(CTE) && !scanned.contains(name.substring(CTE.length()));
                        })
                        .mapToLong(Blocks::own)
                        .sum();
    }

    private static long own(JsonNode plan) {
        return plan.path("Shared Hit Blocks").asLong()
                + plan.path("Shared Read Blocks").asLong();
    }
}
