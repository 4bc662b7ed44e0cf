package dev.leasehold.run;

import dev.leasehold.sql.Change;
import dev.leasehold.sql.LockedRun;
import org.jspecify.annotations.Nullable;

/** How a run is called off: its lease ends, and an open attempt is closed without a result (decisions 6). */
public final class Cancellation {

    private static final String UNEXPLAINED = "canceled by request";
    private static final String EXPLAINED = "canceled: ";

    private Cancellation() {}

    /** The change of a run that has not ended. */
    public static Change of(LockedRun run, @Nullable String reason) {
        Change change = Change.to(
                        run, "run.canceled", Transition.CANCEL.target().word(), reason)
                .held(false)
                .waits(false);
        boolean open = run.lease() != null && run.lease().attempt() != null;
        String error = reason == null ? UNEXPLAINED : EXPLAINED + reason;
        return open ? change.ending(new Change.Ending(null, error)) : change;
    }
}
