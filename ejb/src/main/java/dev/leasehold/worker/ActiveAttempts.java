package dev.leasehold.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * What this process carries out now, as it knows it without asking anybody: a second record beside the leases, which may
 * not agree with them. An attempt is here from the commit of its claim until its handler has returned.
 */
@ApplicationScoped
public class ActiveAttempts {

    private static final Comparator<UnderWay> ORDER = Comparator.comparing(UnderWay::runId)
            .thenComparing(Comparator.comparing(UnderWay::fence).reversed());

    @Inject
    InHand inHand;

    /** All of them, by run; where a run is here under several fences the highest stands first. */
    public List<UnderWay> all() {
        return inHand.tokens()
                .filter(Token::underWay)
                .map(Token::attempt)
                .distinct()
                .sorted(ORDER)
                .toList();
    }

    /** Whether this process has that lease in any way: also where its result only waits to be stored. */
    public boolean knows(UUID run, long fence) {
        return inHand.has(run, fence) || inHand.tokens().anyMatch(token -> isOf(token, run, fence));
    }

    private static boolean isOf(Token token, UUID run, long fence) {
        return token.fence() == fence && token.attempt().runId().equals(run);
    }

    /** Tells an attempt to stop whose lease is gone, and forgets it; answers whether it was here until now. */
    public boolean evict(UnderWay attempt) {
        long evicted = inHand.tokens()
                .filter(token -> token.attempt().equals(attempt) && token.evict())
                .count();
        if (evicted > 0) {
            inHand.letGo(attempt.runId(), attempt.fence());
        }
        return evicted > 0;
    }
}
