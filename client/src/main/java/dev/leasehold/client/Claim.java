package dev.leasehold.client;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a worker asks for (http.md 3).
 *
 * @param owner who asks, 1 to 255 characters, one name for each process
 * @param max 1 to 1000
 * @param leaseSecs 3 seconds to a day
 * @param waitSecs how long the server waits for the first run, up to 60 seconds
 * @param queues from which queues; null for all
 * @param types of which types; null for all
 * @param capabilities what the worker can do; null for nothing special
 * @param start whether attempts start with their leases: only for threads that begin at once
 * @param claimId the same again asks for the same leases; another for every new claim
 */
public record Claim(
        String owner,
        int max,
        Duration leaseSecs,
        Duration waitSecs,
        @Nullable List<String> queues,
        @Nullable List<String> types,
        @Nullable List<String> capabilities,
        boolean start,
        UUID claimId) {

    /** Up to that many runs of those types, for whoever begins at once; waits for nothing. */
    public static Claim of(String owner, int max, Duration lease, List<String> types) {
        return new Claim(owner, max, lease, Duration.ZERO, null, types, null, true, Ids.next());
    }

    /** Asks what became of this claim, with as little as can be of a new one: one run, not started, no waiting. */
    Claim settling() {
        return new Claim(owner, 1, leaseSecs, Duration.ZERO, queues, types, capabilities, false, claimId);
    }
}
