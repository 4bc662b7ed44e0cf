package dev.leasehold.fault;

import java.util.Map;

/** The queue cannot answer now. Nothing was changed, unless the code says that the outcome is unknown. */
public final class Unavailable extends Fault {

    private static final long serialVersionUID = 1L;

    private Unavailable(String code, String message) {
        super(Kind.UNAVAILABLE, code, message, Map.of());
    }

    /** The node has not finished its start, or was refused it. */
    public static Unavailable notReady(String reason) {
        return new Unavailable("not_ready", "this node is not ready: " + reason);
    }

    /** The database kept failing; repeating later is safe. */
    public static Unavailable database() {
        return new Unavailable("database_unavailable", "the database does not answer; nothing was changed");
    }

    /** The connection was lost while committing: repeat with the same id to learn what became of it. */
    public static Unavailable outcomeUnknown() {
        return new Unavailable(
                "outcome_unknown",
                "the connection to the database was lost during the commit; repeat the request under the same id");
    }
}
