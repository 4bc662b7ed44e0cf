package dev.leasehold.run;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to be done to a run.
 *
 * @param runId the run
 * @param version the run's version that the asker has seen; null to ask whatever has happened since (decisions 4)
 * @param reason why, for the history; 1 to 1000 characters
 */
public record Order(
        UUID runId, @Nullable Integer version, @Nullable String reason) {

    /** To be done in any case, without a reason. */
    public static Order of(UUID run) {
        return new Order(run, null, null);
    }
}
