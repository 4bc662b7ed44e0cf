package dev.leasehold.letter;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** The runs of that cause are being done again already. */
public final class FailureUnderRerun extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names the cause. */
    public FailureUnderRerun(String fingerprint) {
        super(
                Kind.CONFLICT,
                "already_rerun",
                "the runs of failure " + fingerprint + " are being rerun already",
                Map.of("fingerprint", fingerprint));
    }
}
