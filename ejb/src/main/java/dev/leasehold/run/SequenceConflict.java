package dev.leasehold.run;

import dev.leasehold.fault.Fault;
import java.util.Map;
import java.util.UUID;

/** The run has gone on since its asker last saw it; nothing was changed (decisions 4). */
public final class SequenceConflict extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names the version that was expected and the one that is there. */
    public SequenceConflict(UUID run, int expected, int found) {
        super(
                Kind.CONFLICT,
                "sequence_conflict",
                "run " + run + " is at version " + found + ", not at " + expected,
                Map.of("run_id", run.toString(), "expected", expected, "found", found));
    }
}
