package dev.leasehold.http;

import dev.leasehold.lease.ClaimRuns;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a worker asks for (http.md 3).
 *
 * @param claim the claim
 * @param patience how long it waits for the first run
 * @param claimId the key under which it repeats itself when the answer got lost
 */
record LeaseRequest(
        ClaimRuns.Request claim,
        Duration patience,
        @Nullable UUID claimId) {

    private static final Fields.Bounds WAIT = new Fields.Bounds(0, 60);

    /** Reads a request; a lease that names no length has the usual one. */
    static LeaseRequest of(Members members, Duration usualLength) {
        members.only("owner", "max", "lease_secs", "wait_secs", "queues", "types", "capabilities", "start", "claim_id");
        Long max = members.whole("max", 1, Fields.MOST_ITEMS);
        Boolean start = members.flag("start");
        ClaimRuns.Request claim = new ClaimRuns.Request(
                new ClaimRuns.Holder(Fields.owner(members), null),
                new ClaimRuns.Filter(
                        Fields.names(members, "types"),
                        Fields.names(members, "queues"),
                        List.of(),
                        Fields.capabilities(members)),
                max == null ? 1 : max.intValue(),
                Fields.leaseSecs(members, usualLength),
                start != null && start);
        return new LeaseRequest(
                claim,
                Fields.seconds(members, "wait_secs", WAIT, Duration.ZERO),
                members.has("claim_id") ? Fields.id(members, "claim_id") : null);
    }

    String owner() {
        return claim.holder().name();
    }
}
