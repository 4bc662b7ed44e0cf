package dev.leasehold.client;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** The states of a run (decisions 1). */
public enum RunState {
    /** Not due yet. */
    SCHEDULED("Scheduled"),
    /** May be claimed. */
    READY("Ready"),
    /** Held by a worker that has not begun. */
    LEASED("Leased"),
    /** An attempt is under way. */
    RUNNING("Running"),
    /** Failed, and will be tried again. */
    RETRY_WAIT("RetryWait"),
    /** Put aside by its handler. */
    SUSPENDED("Suspended"),
    /** Done. */
    COMPLETED("Completed"),
    /** Failed for good. */
    FAILED("Failed"),
    /** Called off. */
    CANCELED("Canceled"),
    /** A state of a server that is newer than this library. */
    UNKNOWN("Unknown");

    private final String word;

    RunState(String word) {
        this.word = word;
    }

    /** The state by its name in bodies, such as {@code RetryWait}. */
    @JsonCreator
    static RunState of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word.equals(word))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** The name in bodies, such as {@code RetryWait}. */
    @JsonValue
    public String word() {
        return word;
    }

    /** The name in filters, such as {@code retry_wait}. */
    public String filter() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing will become of it any more. */
    public boolean terminal() {
        return this == COMPLETED || this == FAILED || this == CANCELED;
    }
}
