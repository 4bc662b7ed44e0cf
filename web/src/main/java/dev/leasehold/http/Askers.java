package dev.leasehold.http;

import dev.leasehold.explain.Ability;
import dev.leasehold.lease.ClaimRuns.Filter;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who asked this node for runs over HTTP of late, and what they can do; the last thousand of two minutes. */
@ApplicationScoped
public class Askers {

    private static final int MOST = 1000;
    private static final Duration RECENT = Duration.ofMinutes(2);

    @Inject
    @Leasehold
    Clock clock;

    private final Map<Ability, Instant> seen = new LinkedHashMap<>();

    /** Notes who asks. */
    synchronized void note(LeaseRequest request) {
        Filter filter = request.claim().filter();
        Ability ability = new Ability(request.owner(), filter.types(), filter.queues(), filter.capabilities());
        seen.remove(ability);
        seen.put(ability, clock.instant().plus(request.patience()));
        if (seen.size() > MOST) {
            seen.remove(seen.keySet().iterator().next());
        }
    }

    /** Who asked a moment ago, or still waits. */
    synchronized List<Ability> recent() {
        Instant since = clock.instant().minus(RECENT);
        seen.values().removeIf(last -> last.isBefore(since));
        return List.copyOf(seen.keySet());
    }
}
