package dev.leasehold.queue;

import dev.leasehold.tenant.Caller;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to be paused or resumed.
 *
 * @param queue the queue; null for all of them
 * @param reason why; 1 to 1000 characters
 */
public record PauseOrder(@Nullable String queue, @Nullable String reason) {

    PauseKey key(Caller caller) {
        return new PauseKey(caller.tenant(), queue == null ? "" : queue);
    }
}
