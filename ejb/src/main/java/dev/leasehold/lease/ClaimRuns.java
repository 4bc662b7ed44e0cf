package dev.leasehold.lease;

import dev.leasehold.sql.ClaimStatement;
import dev.leasehold.sql.ClaimStatement.Claimed;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Ids;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Leases ready runs to workers: by priority, then planned instant, then id; each run to one worker at a time, under a
 * fence that no lease of that run had before (AQ 5, decisions 5.4).
 */
@Stateless
public class ClaimRuns {

    /**
     * What one worker asks for.
     *
     * @param owner the worker's name, 1 to 255 characters
     * @param types the task types it can do; none grants nothing
     * @param max how many runs at most, 1 to 1000
     * @param length how long the leases last without renewal
     * @param start whether an attempt of each run starts with the lease; only for a worker that begins it at once
     */
    public record Request(String owner, List<String> types, int max, Duration length, boolean start) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Ids ids;

    @Inject
    QueueSession session;

    @Inject
    ClaimStatement statement;

    /**
     * Serves the requests in their order.
     *
     * @param caller the tenant whose runs are claimed, and whom the events name
     * @param requests what the workers ask for
     * @return for each request the runs it was granted, best first; fewer than asked when no more are ready
     */
    public List<List<Claimed>> execute(Caller caller, List<Request> requests) {
        Instant now = clock.instant();
        return requests.stream().map(request -> claim(caller, request, now)).toList();
    }

    private List<Claimed> claim(Caller caller, Request request, Instant now) {
        ClaimStatement.Claim claim = new ClaimStatement.Claim(
                caller.tenant(),
                request.owner(),
                request.types(),
                now,
                now.plus(request.length()),
                caller.subject(),
                request.max(),
                request.start() ? ids.next(request.max()) : List.of());
        return session.work(connection -> statement.claim(connection, claim));
    }
}
