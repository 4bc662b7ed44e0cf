package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** A page that cannot be (AQ 9.6). */
final class InvalidPagination extends Fault {

    private static final long serialVersionUID = 1L;

    InvalidPagination(String field, String rule) {
        super(Kind.INVALID, "invalid_pagination", field + " must be " + rule, Map.of("field", field));
    }
}
