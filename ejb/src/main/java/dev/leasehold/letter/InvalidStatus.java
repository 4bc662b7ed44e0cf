package dev.leasehold.letter;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** What was asked does not apply to the dead letter as it stands. */
public final class InvalidStatus extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names the letter, where it stands, and what was asked. */
    InvalidStatus(String letter, LetterStatus status, String verb) {
        this("dead letter " + letter + " cannot be " + verb + " (current: " + status.word() + ")", letter, status);
    }

    private InvalidStatus(String message, String letter, LetterStatus status) {
        super(Kind.CONFLICT, "invalid_state", message, Map.of("dead_letter_id", letter, "status", status.word()));
    }

    /** What is no run cannot be run again. */
    static InvalidStatus ofNoRun(String letter, String source, LetterStatus status) {
        return new InvalidStatus(
                "dead letter " + letter + " is of a " + source + ": only those of runs are retried", letter, status);
    }
}
