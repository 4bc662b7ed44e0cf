package dev.leasehold.explain;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a worker can do.
 *
 * @param name who it is
 * @param types these task types; null for any
 * @param queues from these queues; null for any
 * @param capabilities and what some runs require
 */
public record Ability(
        String name, @Nullable List<String> types, @Nullable List<String> queues, List<String> capabilities) {

    boolean takes(String queue, String type, List<String> required) {
        return (types == null || types.contains(type))
                && (queues == null || queues.contains(queue))
                && Set.copyOf(capabilities).containsAll(required);
    }
}
