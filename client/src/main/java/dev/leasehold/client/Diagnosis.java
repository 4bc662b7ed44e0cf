package dev.leasehold.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node's doctor sees of its database (docs/operations.md, The doctor).
 *
 * @param severity the worst finding's: {@code ok}, {@code warning} or {@code critical}
 * @param node the node that looked
 * @param database its product and version; empty when it did not answer
 * @param findings the worst first
 */
public record Diagnosis(String severity, Instant checkedAt, String node, String database, List<Finding> findings) {

    /**
     * One thing that was looked at.
     *
     * @param code a word that keeps its meaning
     * @param seen what was seen, a sentence
     * @param detail the same figures by name
     * @param why why it matters
     * @param mend the statements, setting or command that mends it; null when there is nothing to mend
     */
    public record Finding(
            String code,
            String severity,
            String seen,
            JsonNode detail,
            String why,
            @Nullable String mend) {}
}
