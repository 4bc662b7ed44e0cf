package dev.leasehold.letter;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** No such dead letter, or none that the caller may see. */
public final class LetterNotFound extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names the letter. */
    public LetterNotFound(String letter) {
        super(Kind.NOT_FOUND, "dead_letter_not_found", "dead letter not found", Map.of("dead_letter_id", letter));
    }
}
