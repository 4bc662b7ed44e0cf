package dev.leasehold.testing;

import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.attempt.Terms;
import dev.leasehold.lease.ClaimRuns;
import dev.leasehold.run.Recall;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Causes;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Transient;
import dev.leasehold.tenant.Caller;
import dev.leasehold.worker.HandlerCall;
import dev.leasehold.worker.InHand;
import dev.leasehold.worker.Owner;
import jakarta.persistence.PersistenceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** A process's one worker: it claims, calls and reports on the test's own thread. */
final class Worker {

    private static final int MOST = 10_000;
    private static final int MOST_OF_A_RUN = 1000;

    private final QueueProcess process;
    private final Moves moves;
    private final List<Report> unsent = new ArrayList<>();
    private final List<Report> lost = new ArrayList<>();

    Worker(QueueProcess process) {
        this.process = process;
        moves = new Moves(process);
        process.get(Recall.class).listen(process.get(InHand.class)::stop);
    }

    /** Attempts runs until none is due, or the process has died; answers how many attempts it made. */
    int runAll() {
        try {
            int attempts = 0;
            Map<UUID, Integer> ofRuns = new HashMap<>();
            send();
            Optional<Claimed> claimed = next();
            while (claimed.isPresent()) {
                attempts = counted(attempts);
                count(ofRuns, claimed.get().runId());
                attempt(claimed.get());
                claimed = process.dead() ? Optional.empty() : next();
            }
            return attempts;
        } catch (ProcessDied e) {
            return 0;
        }
    }

    private static int counted(int attempts) {
        if (attempts == MOST) {
            throw new IllegalStateException(
                    "after " + MOST + " attempts there are still runs due; does a handler ask for no pause?");
        }
        return attempts + 1;
    }

    private static void count(Map<UUID, Integer> attempts, UUID run) {
        if (attempts.merge(run, 1, Integer::sum) > MOST_OF_A_RUN) {
            throw new IllegalStateException("run " + run + " was attempted " + MOST_OF_A_RUN
                    + " times and is due again; does its handler ask for no pause?");
        }
    }

    private Optional<Claimed> next() {
        moves.allThatIsDue();
        InHand inHand = process.get(InHand.class);
        List<Claimed> claimed = moves.unlessLocked(List.of(), () -> claim(inHand));
        inHand.committed(claimed);
        return claimed.stream().findFirst();
    }

    private List<Claimed> claim(InHand inHand) {
        Settings settings = process.get(Settings.class);
        ClaimRuns.Request one = new ClaimRuns.Request(
                new ClaimRuns.Holder(process.get(Owner.class).name(), null),
                ClaimRuns.Filter.types(List.copyOf(process.handlers().types())),
                1,
                settings.lease(),
                true);
        List<Claimed> claimed =
                process.get(ClaimRuns.class).execute(caller(), List.of(one)).get(0);
        inHand.take(claimed);
        return claimed;
    }

    private void attempt(Claimed run) {
        boolean withheld = process.probe().attempt(process, run.runId());
        try {
            Outcome outcome = process.get(HandlerCall.class).call(run);
            if (outcome != null && !process.dead()) {
                process.probe().reports(process);
                (withheld ? lost : unsent).add(report(run, outcome));
                send();
            }
        } finally {
            process.probe().ended(process);
        }
    }

    private Report report(Claimed run, Outcome outcome) {
        return new Report(
                process.get(Owner.class).name(),
                run.runId(),
                Objects.requireNonNull(run.attemptId()),
                run.fence(),
                outcome,
                Terms.of(run));
    }

    /** Sends what was not stored yet; what meets a lock is sent again later. */
    private void send() {
        unsent.removeIf(this::arrives);
    }

    private boolean arrives(Report report) {
        try {
            store(report);
            return true;
        } catch (PersistenceException e) {
            if (Transient.is(e)) {
                return false;
            }
            store(report.with(Outcome.retry("the result could not be stored: " + Causes.root(e))));
            return true;
        }
    }

    private FinishAttempts.Result store(Report report) {
        FinishAttempts finish = process.get(FinishAttempts.class);
        FinishAttempts.Result result = process.transactions()
                .inNew(() -> finish.execute(caller(), List.of(report)).get(0));
        process.get(InHand.class).letGo(report.runId(), report.fence());
        return result;
    }

    /** Sends the reports that were lost on their way; answers how many of them were heard in the end. */
    int sendLost() {
        int heard = 0;
        for (Report report : process.dead() ? List.<Report>of() : lost) {
            heard += store(report).refusal() == null ? 1 : 0;
        }
        lost.clear();
        return heard;
    }

    private Caller caller() {
        return Caller.system(process.toString());
    }
}
