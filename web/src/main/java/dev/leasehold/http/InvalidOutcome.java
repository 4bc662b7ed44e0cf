package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import java.util.Map;
import java.util.UUID;

/** A report that breaks the rules of outcomes (AQ 3.4): its attempt stays open. */
final class InvalidOutcome extends Fault {

    private static final long serialVersionUID = 1L;

    InvalidOutcome(UUID run, String rule) {
        super(Kind.INVALID, "invalid_outcome", rule, Map.of("run_id", run.toString()));
    }
}
