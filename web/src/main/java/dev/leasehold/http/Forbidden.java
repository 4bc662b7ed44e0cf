package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** A request that did not come from this machine, or that a web page of another origin made. */
final class Forbidden extends Fault {

    private static final long serialVersionUID = 1L;

    Forbidden(String reason) {
        super(Kind.FORBIDDEN, "forbidden", reason, Map.of());
    }
}
