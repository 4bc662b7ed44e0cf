package dev.leasehold.wait;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** No wait of that name that the caller may see. */
public final class WaitNotFound extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names what was looked for. */
    public WaitNotFound(String id) {
        super(Kind.NOT_FOUND, "wait_not_found", "no wait " + id, Map.of("wait_id", id));
    }
}
