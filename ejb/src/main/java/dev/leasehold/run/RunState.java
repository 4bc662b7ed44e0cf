package dev.leasehold.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a run stands (AQ 2.1). Which state may follow which is {@link Transition}'s to say. */
public enum RunState {
    /** Waits for its instant. */
    SCHEDULED,
    /** May be claimed. */
    READY,
    /** Granted to a worker that has not begun. */
    LEASED,
    /** Being attempted. */
    RUNNING,
    /** Failed, and waits to be tried again. */
    RETRY_WAIT,
    /** Put aside by its handler; the attempt does not count. */
    SUSPENDED,
    /** Done. */
    COMPLETED,
    /** Given up. */
    FAILED,
    /** Called off. */
    CANCELED;

    private final String word;

    RunState() {
        StringBuilder pascal = new StringBuilder();
        for (String part : name().split("_", -1)) {
            pascal.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        word = pascal.toString();
    }

    /** The name in run bodies, messages and the database: {@code RetryWait}. */
    public String word() {
        return word;
    }

    /** The name in filters, metrics and block reasons: {@code retry_wait}. */
    public String snake() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing can follow. */
    public boolean terminal() {
        return Ends.STATES.contains(this);
    }

    /** The states that nothing can follow. */
    public static List<RunState> endStates() {
        return Ends.STATES;
    }

    /** Their words. */
    public static List<String> endWords() {
        return Ends.STATES.stream().map(RunState::word).toList();
    }

    /** The state of that {@link #word()}, which the database vouches for. */
    public static RunState of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no such run state: " + word));
    }

    /** The state of that {@link #snake()} name, if there is one. */
    public static Optional<RunState> ofSnake(String name) {
        return Arrays.stream(values())
                .filter(state -> state.snake().equals(name))
                .findFirst();
    }

    /** Read off the table once, when both classes are there. */
    private static final class Ends {
        static final List<RunState> STATES = Arrays.stream(values())
                .filter(state -> Arrays.stream(Transition.values())
                        .noneMatch(verb -> verb.sources().contains(state)))
                .toList();
    }
}
