package dev.leasehold.sql;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a command does to one run that it holds, and the event that says so. Wherever it leaves a leased state the lease
 * ends, and with it the open attempt.
 *
 * @param run the run as it was
 * @param type the event's type
 * @param state the state's word after it; the same as before where nothing moves
 * @param dueAt when it becomes ready by itself from here on
 * @param priority the effective priority from here on
 * @param held whether it is kept from being claimed from here on
 * @param ending how the open attempt is recorded; null where none is open, or where it goes on
 * @param reason why, in the words of whoever asked
 */
public record Change(
        LockedRun run,
        String type,
        String state,
        @Nullable Instant dueAt,
        int priority,
        boolean held,
        @Nullable Ending ending,
        @Nullable String reason) {

    /**
     * How an attempt was ended by somebody else than its worker.
     *
     * @param result {@code Failure} or {@code Timeout}; null when it was cut off
     * @param error why
     */
    public record Ending(@Nullable String result, String error) {}

    /** A move to a state that waits for nothing. */
    public static Change to(LockedRun run, String type, String state, @Nullable String reason) {
        return new Change(run, type, state, null, run.priority(), run.held(), null, reason);
    }

    /** The same, ending the open attempt. */
    public Change ending(Ending how) {
        return new Change(run, type, state, dueAt, priority, held, how, reason);
    }

    /** The same, ready again by itself at that instant. */
    public Change dueAt(@Nullable Instant instant) {
        return new Change(run, type, state, instant, priority, held, ending, reason);
    }

    /** The same with another effective priority. */
    public Change priority(int value) {
        return new Change(run, type, state, dueAt, value, held, ending, reason);
    }

    /** The same, kept from being claimed or no longer. */
    public Change held(boolean value) {
        return new Change(run, type, state, dueAt, priority, value, ending, reason);
    }

    boolean moves() {
        return !state.equals(run.state());
    }

    boolean endsLease() {
        return moves() && run.lease() != null;
    }

    /** One step as an event stores it, or nothing where nothing moves. */
    String transitions() {
        return moves() ? run.state() + ">" + state : "";
    }
}
