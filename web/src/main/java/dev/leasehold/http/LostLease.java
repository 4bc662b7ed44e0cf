package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import dev.leasehold.lease.LeaseLost;
import dev.leasehold.lease.LeaseLost.Reason;
import java.util.Locale;
import java.util.UUID;

/** Shows a worker that a lease it names is not its own any more, and whether its run was called off (decisions 6). */
final class LostLease {

    private LostLease() {}

    /** A run that is not there was never leased to anybody. */
    static Item item(UUID run, Fault refusal) {
        Reason reason = refusal instanceof LeaseLost lost ? lost.reason() : Reason.NOT_YOURS;
        return Item.refused(run, "lost", refusal)
                .with("reason", reason.name().toLowerCase(Locale.ROOT))
                .with("cancel_requested", reason == Reason.CANCELED);
    }
}
