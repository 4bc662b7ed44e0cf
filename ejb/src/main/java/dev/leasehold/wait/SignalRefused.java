package dev.leasehold.wait;

import dev.leasehold.fault.Fault;
import java.util.Map;
import java.util.UUID;

/** A signal that a run cannot be sent. */
public final class SignalRefused extends Fault {

    private static final long serialVersionUID = 1L;

    private SignalRefused(String code, UUID run, String message) {
        super(Kind.CONFLICT, code, message, Map.of("run_id", run));
    }

    /** The run has ended: nobody will ever take it. */
    static SignalRefused over(UUID run, String state) {
        return new SignalRefused("not_running", run, "run " + run + " has ended (current: " + state + ")");
    }

    /** As many as a run keeps of one name wait to be taken. */
    static SignalRefused tooMany(UUID run, String name, int most) {
        return new SignalRefused(
                "too_many_signals", run, "run " + run + " has not taken " + most + " signals " + name + " yet");
    }
}
