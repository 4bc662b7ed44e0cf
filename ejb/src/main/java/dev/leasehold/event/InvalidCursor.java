package dev.leasehold.event;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** A cursor that this feed did not give, or that is ahead of it, as after a restore of an older copy. */
public final class InvalidCursor extends Fault {

    private static final long serialVersionUID = 1L;

    private InvalidCursor(String rule) {
        super(Kind.INVALID, "invalid_pagination", "after must be " + rule, Map.of("field", "after"));
    }

    /** A text that is no cursor. */
    public static InvalidCursor malformed() {
        return new InvalidCursor("a cursor that the feed gave");
    }

    /** A cursor for events that this database does not have: who goes on from there would miss new ones. */
    public static InvalidCursor ahead() {
        return new InvalidCursor("a cursor of this feed; this one is ahead of it");
    }
}
