package dev.leasehold.http;

import dev.leasehold.idempotency.Answer;
import dev.leasehold.idempotency.KeptAnswers;
import dev.leasehold.idempotency.Question;
import dev.leasehold.lease.ClaimRuns;
import dev.leasehold.lease.HeldLease;
import dev.leasehold.lease.Leases;
import dev.leasehold.lease.ReleaseLeases;
import dev.leasehold.node.Node;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Claims runs for workers over HTTP. A claim with an id is answered again as long as its leases are held. */
@ApplicationScoped
public class Grants {

    /**
     * What a claim was granted.
     *
     * @param repeated whether it was granted before: there is nothing to wait for
     */
    record Grant(List<Claimed> runs, boolean repeated) {
        /** Whether it is worth an answer before the time is over. */
        boolean answers() {
            return repeated || !runs.isEmpty();
        }
    }

    static final Grant NOTHING = new Grant(List.of(), false);

    @Inject
    Node node;

    @Inject
    Repeats repeats;

    @Inject
    ClaimRuns claim;

    @Inject
    ReleaseLeases release;

    @Inject
    Leases leases;

    @Inject
    KeptAnswers kept;

    /** Claims in a transaction of its own. A node that takes no part grants nothing. */
    Grant claim(Caller caller, LeaseRequest request) {
        UUID id = request.claimId();
        if (!node.active()) {
            node.factory();
            return NOTHING;
        }
        return repeats.call(() -> id == null ? new Grant(granted(caller, request), false) : once(caller, request, id));
    }

    /** Gives back what could not be answered; an attempt that was started ends with its lease. */
    void giveBack(Caller caller, LeaseRequest request, List<Claimed> runs) {
        if (!request.claim().start() && !runs.isEmpty()) {
            repeats.call(() -> release.execute(caller, named(request.owner(), runs)));
        }
    }

    private List<Claimed> granted(Caller caller, LeaseRequest request) {
        return claim.execute(caller, List.of(request.claim())).get(0);
    }

    private Grant once(Caller caller, LeaseRequest request, UUID id) {
        Question question = new Question(caller, "LEASE", request.owner(), id.toString(), "");
        List<Claimed> fresh = new ArrayList<>();
        KeptAnswers.Given given = kept.answer(question, () -> {
            fresh.addAll(granted(caller, request));
            return new Answer(200, null, text(named(request.owner(), fresh)));
        });
        if (given.replayed()) {
            return new Grant(
                    leases.held(caller, named(request.owner(), given.answer().body())), true);
        }
        if (fresh.isEmpty()) {
            kept.forget(question);
        }
        return new Grant(fresh, false);
    }

    private static List<HeldLease> named(String owner, List<Claimed> runs) {
        return runs.stream()
                .map(run -> new HeldLease(owner, run.runId(), run.fence()))
                .toList();
    }

    private static List<HeldLease> named(String owner, @Nullable String text) {
        return Arrays.stream(text == null ? new String[0] : text.split(",", -1))
                .map(lease -> lease.split(":", -1))
                .map(parts -> new HeldLease(owner, UUID.fromString(parts[0]), Long.parseLong(parts[1])))
                .toList();
    }

    private static String text(List<HeldLease> leases) {
        return leases.stream().map(lease -> lease.runId() + ":" + lease.fence()).collect(Collectors.joining(","));
    }
}
