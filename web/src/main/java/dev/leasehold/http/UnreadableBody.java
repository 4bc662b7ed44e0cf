package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** The body ended, or was cut off by the server, before all of it was there. */
final class UnreadableBody extends Fault {

    private static final long serialVersionUID = 1L;

    UnreadableBody() {
        super(Kind.MALFORMED, "unreadable_body", "the body could not be read to its end", Map.of());
    }
}
