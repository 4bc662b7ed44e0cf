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
 * @param waits whether a wait keeps it from going on from here on; where it did and does no more, those that are open are
 *     passed over
 * @param ending how the open attempt is recorded; null where none is open, or where it goes on
 * @param reason why, in the words of whoever asked
 * @param place where it stands in line from here on
 * @param data what the event says beyond its columns, a JSON object
 */
public record Change(
        LockedRun run,
        String type,
        String state,
        @Nullable Instant dueAt,
        int priority,
        boolean held,
        boolean waits,
        @Nullable Ending ending,
        @Nullable String reason,
        LockedRun.Place place,
        @Nullable String data) {

    /**
     * How an attempt was ended by somebody else than its worker.
     *
     * @param result {@code Failure} or {@code Timeout}; null when it was cut off
     * @param error why
     */
    public record Ending(@Nullable String result, String error) {}

    /** A move to a state that waits for nothing. */
    public static Change to(LockedRun run, String type, String state, @Nullable String reason) {
        return new Change(
                run, type, state, null, run.priority(), run.held(), run.waits(), null, reason, run.place(), null);
    }

    /** The same, ending the open attempt. */
    public Change ending(Ending how) {
        return new Change(run, type, state, dueAt, priority, held, waits, how, reason, place, data);
    }

    /** The same, ready again by itself at that instant. */
    public Change dueAt(@Nullable Instant instant) {
        return new Change(run, type, state, instant, priority, held, waits, ending, reason, place, data);
    }

    /** The same with another effective priority. */
    public Change priority(int value) {
        return new Change(run, type, state, dueAt, value, held, waits, ending, reason, place, data);
    }

    /** The same, kept from being claimed or no longer. */
    public Change held(boolean value) {
        return new Change(run, type, state, dueAt, priority, value, waits, ending, reason, place, data);
    }

    /** The same, kept back by a wait or no longer. */
    public Change waits(boolean value) {
        return new Change(run, type, state, dueAt, priority, held, value, ending, reason, place, data);
    }

    /** The same, standing elsewhere in line. */
    public Change place(LockedRun.Place value) {
        return new Change(run, type, state, dueAt, priority, held, waits, ending, reason, value, data);
    }

    /** The same, its event saying more: a JSON object. */
    public Change data(String json) {
        return new Change(run, type, state, dueAt, priority, held, waits, ending, reason, place, json);
    }

    /** The same, its event called that. */
    public Change type(String word) {
        return new Change(run, word, state, dueAt, priority, held, waits, ending, reason, place, data);
    }

    /** The same for that reason. */
    public Change reason(@Nullable String why) {
        return new Change(run, type, state, dueAt, priority, held, waits, ending, why, place, data);
    }

    boolean moves() {
        return !state.equals(run.state());
    }

    boolean passesOver() {
        return run.waits() && !waits;
    }

    boolean endsLease() {
        return moves() && run.lease() != null;
    }

    /** The instant that the run is planned for from here on, if that is another one. */
    @Nullable
    Instant movedTo() {
        return place.scheduledAt().equals(run.place().scheduledAt()) ? null : place.scheduledAt();
    }

    /** One step as an event stores it, or nothing where nothing moves. */
    String transitions() {
        return moves() ? run.state() + ">" + state : "";
    }
}
