package dev.leasehold.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why a run is not running (http.md 2).
 *
 * @param runnable whether a worker could claim it now
 * @param gates in the order in which they are tested
 */
public record Explanation(UUID runId, RunState state, boolean runnable, List<Gate> gates) {

    /**
     * What a run has to pass.
     *
     * @param detail an object; what stands in it is the gate's own
     * @param heldBy who stands in its way; null where nobody does
     * @param opensAt when it opens by itself; null when it does not
     * @param action what an operator may do about it; null when nothing
     */
    public record Gate(
            String gate,
            boolean open,
            @Nullable JsonNode detail,
            @Nullable List<JsonNode> heldBy,
            @Nullable Instant opensAt,
            @Nullable JsonNode action) {}
}
