package dev.leasehold.wait;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** What was asked of a wait does not apply to it as it stands. */
public final class WaitConflict extends Fault {

    private static final long serialVersionUID = 1L;

    private WaitConflict(String code, String id, String message) {
        super(Kind.CONFLICT, code, message, Map.of("wait_id", id));
    }

    /** The tenant has a wait of that name, of this run or of another. */
    static WaitConflict exists(String id) {
        return new WaitConflict("wait_exists", id, "there is a wait " + id + " already");
    }

    /** It was resolved under another key, or with another payload. */
    static WaitConflict resolved(String id) {
        return new WaitConflict("wait_resolution_conflict", id, "wait " + id + " was resolved otherwise");
    }

    /** It is over. */
    static WaitConflict notWaiting(String id, String status) {
        return new WaitConflict("wait_not_waiting", id, "wait " + id + " does not wait (current: " + status + ")");
    }

    /** It is for a signal, which is sent to its run. */
    static WaitConflict takesSignals(String id, String name) {
        return new WaitConflict("wait_takes_signals", id, "wait " + id + " ends by a signal " + name + " to its run");
    }
}
