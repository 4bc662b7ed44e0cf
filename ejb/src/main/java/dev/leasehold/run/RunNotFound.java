package dev.leasehold.run;

import dev.leasehold.fault.Fault;
import java.util.Map;
import java.util.UUID;

/** No such run, or none that the caller may see. */
public final class RunNotFound extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names the run. */
    public RunNotFound(UUID run) {
        super(Kind.NOT_FOUND, "run_not_found", "run not found", Map.of("run_id", run.toString()));
    }
}
