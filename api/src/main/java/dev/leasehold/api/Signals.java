package dev.leasehold.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells runs something that they wait for, or will. Inject it.
 *
 * <p>Sending joins the caller's JTA transaction: the run is told exactly when that commits, and until then the run is held. A
 * refused signal is a {@code dev.leasehold.fault.Fault} ({@code run_not_found}, {@code not_running}, {@code too_many_signals});
 * it does not mark the transaction for rollback.
 */
public interface Signals {

    /** The longest JSON document that comes with a signal, in bytes of UTF-8. */
    int LONGEST_JSON = 16_384;

    /**
     * Sends a signal, whatever the run does: the oldest wait for that name takes it, or else the next one
     * ({@link Awaited#signal}).
     *
     * @param run the run
     * @param name 1 to 128 of letters, digits and {@code . _ - :}
     * @param json a JSON document; null for none
     * @throws IllegalArgumentException when the name or the document is out of bounds
     */
    void send(UUID run, String name, @Nullable String json);
}
