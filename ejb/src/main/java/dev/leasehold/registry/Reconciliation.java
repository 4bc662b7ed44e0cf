package dev.leasehold.registry;

import dev.leasehold.lease.HeldLease;
import dev.leasehold.lease.Leases;
import dev.leasehold.registry.Drift.Kind;
import dev.leasehold.registry.Truths.Truth;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.RegistryStatement.Leased;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import dev.leasehold.worker.ActiveAttempts;
import dev.leasehold.worker.Owner;
import dev.leasehold.worker.UnderWay;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Compares what this node carries out with its leases, and has the leases win, in both directions. It reads in
 * transactions of its own, acts outside of them, and looks twice: what begins or ends meanwhile agrees the second time.
 */
@ApplicationScoped
public class Reconciliation {

    private static final System.Logger LOG = System.getLogger(Reconciliation.class.getName());

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Settings settings;

    @Inject
    Owner owner;

    @Inject
    Repeats repeats;

    @Inject
    Leases leases;

    @Inject
    Registry registry;

    @Inject
    Truths truths;

    @Inject
    ActiveAttempts active;

    @Inject
    UnknownLeases unknown;

    @Inject
    DriftLog log;

    /**
     * Looks once, and mends what it finds.
     *
     * @throws RuntimeException when the leases cannot be read
     */
    public synchronized Looked look() {
        Caller caller = Caller.system(settings.node());
        List<UnderWay> here = active.all();
        List<Drift> gone = evict(caller, here);
        List<Drift> missing = new ArrayList<>();
        registry.eachPage(caller, page -> missing.addAll(end(caller, page)));
        List<Drift> drift = new ArrayList<>(gone);
        drift.addAll(missing);
        Looked looked = new Looked(here.size() + missing.size(), gone.size(), missing.size(), List.copyOf(drift));
        log.add(looked);
        drift.forEach(one -> LOG.log(
                Level.WARNING,
                "run {0}, fence {1}: {2}; this node had it as {3}, its events as {4}",
                one.runId(),
                Long.toString(one.fence()),
                one.kind().word(),
                one.cached(),
                one.projected()));
        return looked;
    }

    private List<Drift> evict(Caller caller, List<UnderWay> here) {
        List<UUID> runs = here.stream().map(UnderWay::runId).distinct().toList();
        Map<UUID, Long> leased = repeats.call(() -> leases.startedBy(caller, owner.id(), runs));
        List<Drift> found = new ArrayList<>();
        for (UnderWay one : here) {
            if (!Long.valueOf(one.fence()).equals(leased.get(one.runId()))) {
                Truth truth = truths.of(caller, one.runId(), one.fence());
                if (!truth.leased() && !truth.canceled() && active.evict(one)) {
                    found.add(drift(one.runId(), one.fence(), truth.expired() ? Kind.EXPIRED : Kind.STALE, truth));
                }
            }
        }
        return found;
    }

    private List<Drift> end(Caller caller, List<Leased> page) {
        List<Drift> found = new ArrayList<>();
        for (Leased one : page) {
            if (isUnknown(one)) {
                Truth truth = truths.of(caller, one.runId(), one.fence());
                if (truth.leased() && isUnknown(one) && unknown.end(caller, held(one))) {
                    found.add(drift(one.runId(), one.fence(), Kind.MISSING, truth));
                }
            }
        }
        return found;
    }

    private boolean isUnknown(Leased one) {
        return owner.id().equals(one.nodeId()) && unknown.isUnknown(held(one));
    }

    private static HeldLease held(Leased one) {
        return new HeldLease(one.owner(), one.runId(), one.fence());
    }

    private Drift drift(UUID run, long fence, Kind kind, Truth truth) {
        return new Drift(run, fence, kind, kind == Kind.MISSING ? null : "Running", truth.state(), clock.instant());
    }
}
