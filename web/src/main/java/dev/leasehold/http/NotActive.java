package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import java.util.Map;
import java.util.UUID;

/** A run that nobody carries out now, or not for that task. */
final class NotActive extends Fault {

    private static final long serialVersionUID = 1L;

    NotActive(UUID run) {
        super(Kind.NOT_FOUND, "run_not_active", "run not in the registry", Map.of("run_id", run.toString()));
    }
}
