package dev.leasehold.explain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One condition of a claim.
 *
 * @param gate its name
 * @param open whether it lets the run through
 * @param detail what it looks at
 * @param heldBy the runs or workers that keep it closed, at most ten
 * @param opensAt when it opens by itself; null when that is nobody's to say
 * @param action the request that opens it; null when there is none
 */
public record Gate(
        String gate,
        boolean open,
        Map<String, Object> detail,
        List<String> heldBy,
        @Nullable Instant opensAt,
        @Nullable String action) {

    static Gate open(String gate, Map<String, Object> detail) {
        return new Gate(gate, true, detail, List.of(), null, null);
    }

    static Gate closed(String gate, Map<String, Object> detail) {
        return new Gate(gate, false, detail, List.of(), null, null);
    }

    static Gate of(String gate, boolean open, Map<String, Object> detail) {
        return open ? open(gate, detail) : closed(gate, detail);
    }

    Gate by(List<String> holders) {
        return open ? this : new Gate(gate, false, detail, holders, opensAt, action);
    }

    Gate at(@Nullable Instant instant) {
        return open ? this : new Gate(gate, false, detail, heldBy, instant, action);
    }

    Gate action(String request) {
        return open ? this : new Gate(gate, false, detail, heldBy, opensAt, request);
    }
}
