package dev.leasehold.letter;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** What was asked does not apply to the dead letter as it stands. */
public final class InvalidStatus extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names the letter, where it stands, and what was asked. */
    InvalidStatus(String letter, LetterStatus status, String verb) {
        super(
                Kind.CONFLICT,
                "invalid_state",
                "dead letter " + letter + " cannot be " + verb + " (current: " + status.word() + ")",
                Map.of("dead_letter_id", letter, "status", status.word()));
    }
}
