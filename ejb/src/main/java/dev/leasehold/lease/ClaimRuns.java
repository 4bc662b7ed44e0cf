package dev.leasehold.lease;

import dev.leasehold.metric.Command;
import dev.leasehold.metric.Meter;
import dev.leasehold.run.Alarm;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.ClaimStatement;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.DeadRows;
import dev.leasehold.sql.Floors;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.Transactions;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Ids;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Leases ready runs to workers: by priority, then planned instant, then id; each run to one worker at a time, under a
 * fence that no lease of that run had before (AQ 5, decisions 5.4).
 */
@Stateless
public class ClaimRuns {

    /**
     * What one worker asks for.
     *
     * @param holder who it is
     * @param filter what it can do
     * @param max how many runs at most, 1 to 1000
     * @param length how long the leases last without renewal
     * @param start whether an attempt of each run starts with the lease; only for a worker that begins it at once
     */
    public record Request(Holder holder, Filter filter, int max, Duration length, boolean start) {}

    /**
     * A worker.
     *
     * @param name 1 to 255 characters
     * @param node the node whose heartbeat keeps its leases; null for a worker that renews its own
     */
    public record Holder(String name, @Nullable UUID node) {}

    /**
     * What a worker can do.
     *
     * @param types these task types; null for any, an empty list for none
     * @param queues from these queues; null for any
     * @param otherQueues but not from these
     * @param capabilities and, of runs that require some, only those whose requirements are among these
     */
    public record Filter(
            @Nullable List<String> types,
            @Nullable List<String> queues,
            List<String> otherQueues,
            List<String> capabilities) {

        /** These types from any queue. */
        public static Filter types(List<String> types) {
            return new Filter(types, null, List.of(), List.of());
        }
    }

    /** The most bytes of payload that one claim of a worker over HTTP answers (decisions 7). */
    public static final long PAYLOAD_BYTES = 8L << 20;

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Ids ids;

    @Inject
    Settings settings;

    @Inject
    QueueSession session;

    @Inject
    ClaimStatement statement;

    @Inject
    Transactions transactions;

    @Inject
    Floors floors;

    @Inject
    DeadRows dead;

    @Inject
    ReadyBell bell;

    @Inject
    Meter meter;

    @Inject
    Alarm alarm;

    /**
     * Serves the requests in their order.
     *
     * @param caller the tenant whose runs are claimed, and whom the events name
     * @param requests what the workers ask for
     * @return for each request the runs it was granted, best first; fewer than asked when no more are ready
     */
    public List<List<Claimed>> execute(Caller caller, List<Request> requests) {
        meter.times(Command.CLAIM);
        Instant now = clock.instant();
        return requests.stream().map(request -> claim(caller, request, now)).toList();
    }

    private List<Claimed> claim(Caller caller, Request request, Instant now) {
        Holder worker = request.holder();
        ClaimStatement.Holder holder = new ClaimStatement.Holder(
                caller.tenant(),
                worker.name(),
                worker.node(),
                caller.subject(),
                now,
                now.plus(request.length()),
                settings.timeoutGrace());
        Floors.Look look = floors.look();
        transactions.afterCompletion(look::end);
        ClaimStatement.Claim claim = new ClaimStatement.Claim(
                request.filter().types(),
                request.filter().queues(),
                request.filter().otherQueues(),
                request.filter().capabilities(),
                request.max(),
                worker.node() == null ? PAYLOAD_BYTES : Long.MAX_VALUE,
                bell.ringsOnCommit() ? List.of() : look.places(),
                request.start() ? ids.next(request.max()) : List.of());
        ClaimStatement.Granted granted = session.work(connection -> statement.claim(connection, holder, claim));
        look.took(granted.taken(), dead.areManyReady());
        if (granted.more()) {
            bell.ringOnCommit();
        }
        alarm.onCommit(granted.againAt());
        meter.claimed(now, granted.runs());
        return granted.runs();
    }
}
