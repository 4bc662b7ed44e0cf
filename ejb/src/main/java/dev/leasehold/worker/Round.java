package dev.leasehold.worker;

import dev.leasehold.api.HandlerExtension;
import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.attempt.FinishAttempts.Result;
import dev.leasehold.lease.ClaimRuns;
import dev.leasehold.node.Node;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Causes;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Halves;
import dev.leasehold.sql.OutcomeUnknown;
import dev.leasehold.sql.Transactions;
import dev.leasehold.sql.Transient;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/** One round of a worker: what was finished and the next claim in one transaction. */
@ApplicationScoped
public class Round {

    private static final System.Logger LOG = System.getLogger(Round.class.getName());

    private static final int MOST = 1000;

    @Inject
    Transactions transactions;

    @Inject
    Forgotten forgotten;

    @Inject
    InHand inHand;

    @Inject
    FinishAttempts finish;

    @Inject
    ClaimRuns claim;

    @Inject
    HandlerExtension handlers;

    @Inject
    Settings settings;

    @Inject
    Node node;

    @Inject
    Owner owner;

    @Inject
    Heartbeat heartbeat;

    /**
     * Stores the reports, then claims and starts runs.
     *
     * @param reports what was finished here
     * @param wanted how many runs are wanted, one for each waiting thread
     * @param queues from where
     * @return the runs that were started
     * @throws RuntimeException when nothing of it may be stored, for a reason that may pass
     */
    public List<Claimed> run(List<Report> reports, int wanted, Queues queues) {
        List<Claimed> started = new ArrayList<>();
        if (wanted > 0 && node.active()) {
            heartbeat.keep();
        }
        try {
            transactions.inNew(() -> {
                hear(reports);
                started.addAll(started(wanted, queues));
                inHand.take(started);
                return started;
            });
        } catch (OutcomeUnknown e) {
            inHand.letGoOf(started);
            forgotten.doubt(started);
            throw e;
        } catch (RuntimeException e) {
            inHand.letGoOf(started);
            recover(reports, e);
            return List.of();
        }
        inHand.committed(started);
        letGo(reports);
        return started;
    }

    /** Stores the reports without the claim, and looks for a culprit only where the database refuses what it is given. */
    private void recover(List<Report> reports, RuntimeException failure) {
        if (reports.isEmpty() || Transient.is(failure)) {
            throw failure;
        }
        Halves.store(reports, this::stored, this::storeInstead);
    }

    private void letGo(List<Report> reports) {
        reports.forEach(report -> inHand.letGo(report.runId(), report.fence()));
    }

    private void hear(List<Report> reports) {
        if (reports.isEmpty()) {
            return;
        }
        for (Result result : finish.execute(caller(), reports)) {
            if (result.refusal() != null) {
                LOG.log(
                        Level.INFO,
                        "a late result was not heard: {0}",
                        result.refusal().message());
            }
        }
    }

    /** First what was granted already and forgotten. */
    private List<Claimed> started(int wanted, Queues queues) {
        if (wanted == 0 || !node.active()) {
            return List.of();
        }
        List<Claimed> found = forgotten.takeUp(caller(), wanted);
        return found.isEmpty() ? claim(wanted, queues) : found;
    }

    private List<Claimed> claim(int wanted, Queues queues) {
        ClaimRuns.Request request = new ClaimRuns.Request(
                new ClaimRuns.Holder(owner.name(), owner.id()),
                queues.filter(handlers.types(), settings.capabilities()),
                Math.min(wanted, MOST),
                settings.lease(),
                true);
        return claim.execute(caller(), List.of(request)).get(0);
    }

    private Report storeInstead(Report culprit, RuntimeException failure) {
        LOG.log(Level.WARNING, "the result of run " + culprit.runId() + " cannot be stored", failure);
        Outcome instead = Outcome.retry("the result could not be stored: " + Causes.root(failure));
        return stored(List.of(culprit.with(instead))).get(0);
    }

    private List<Report> stored(List<Report> reports) {
        transactions.inNew(() -> {
            hear(reports);
            return reports;
        });
        letGo(reports);
        return reports;
    }

    private Caller caller() {
        return Caller.system(settings.node());
    }
}
