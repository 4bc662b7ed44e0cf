package dev.leasehold.http;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One look at all who wait: for whom a claim is worth its cost. */
final class Pass {

    private record Claim(String owner, UUID id) {}

    private final Set<Waiter.Shape> without = new HashSet<>();
    private final Set<@Nullable Claim> repeatable = new HashSet<>();

    /**
     * Whether to claim for it. Not where another of its shape got nothing, unless it repeats a claim: that is looked up
     * once, and again when the claim was granted meanwhile to the connection that it replaces.
     */
    boolean serves(Waiter waiter) {
        Claim claim = claim(waiter);
        boolean repeats = claim != null && (waiter.isFirstTry() || repeatable.contains(claim));
        return repeats || !without.contains(waiter.shape());
    }

    void gotNothing(Waiter waiter) {
        without.add(waiter.shape());
    }

    void got(Waiter waiter) {
        repeatable.add(claim(waiter));
    }

    private static @Nullable Claim claim(Waiter waiter) {
        UUID id = waiter.request().claimId();
        return id == null ? null : new Claim(waiter.request().owner(), id);
    }
}
