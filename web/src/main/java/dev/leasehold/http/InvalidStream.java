package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** A stream cannot begin where it is asked to. */
final class InvalidStream extends Fault {

    private static final long serialVersionUID = 1L;

    InvalidStream(String rule) {
        super(Kind.MALFORMED, "invalid_input", rule, Map.of("field", "after_seq"));
    }
}
