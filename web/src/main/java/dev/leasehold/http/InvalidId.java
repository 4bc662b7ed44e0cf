package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** An id in a path that is no UUID, or the nil one (AQ 9.6). */
final class InvalidId extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names what it was to be the id of, and shows it as it came. */
    InvalidId(String noun, String raw) {
        super(Kind.MALFORMED, "invalid_" + noun + "_id", "invalid " + noun + " id", Map.of(noun + "_id", raw));
    }
}
