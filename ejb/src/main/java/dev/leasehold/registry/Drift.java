package dev.leasehold.registry;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that this node knew and the database did not, or the other way round.
 *
 * @param runId the run
 * @param fence the number of the lease in question
 * @param kind which of the two, and why
 * @param cached the state that the node took it to be in; null where it knew nothing of it
 * @param projected the state that its events give it; null where there are none
 * @param foundAt when that was found
 */
public record Drift(
        UUID runId,
        long fence,
        Kind kind,
        @Nullable String cached,
        @Nullable String projected,
        Instant foundAt) {

    /** What does not agree. */
    public enum Kind {
        /** A handler is under way whose lease is gone. */
        STALE,
        /** The same, and the lease expired under it. */
        EXPIRED,
        /** A lease stands of which its node knows nothing. */
        MISSING;

        /** As JSON and metrics have it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
