package dev.leasehold.worker;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.attempt.FinishAttempts.Result;
import dev.leasehold.fault.Fault;
import dev.leasehold.node.Node;
import dev.leasehold.run.RunState;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Causes;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.OutcomeUnknown;
import dev.leasehold.sql.Transactions;
import dev.leasehold.sql.Transient;
import dev.leasehold.task.SubmitTasks;
import dev.leasehold.task.SubmitTasks.Submitted;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stores the success or suspension of one attempt together with the tasks that it submitted, in a transaction of its own: other
 * attempts' results must not wait for what tasks may have to wait for.
 */
@ApplicationScoped
public class Completions {

    private static final System.Logger LOG = System.getLogger(Completions.class.getName());
    private static final long PAUSE_MILLIS = 500;

    @Inject
    Transactions transactions;

    @Inject
    FinishAttempts finish;

    @Inject
    SubmitTasks submit;

    @Inject
    Settings settings;

    @Inject
    Owner owner;

    @Inject
    Node node;

    @Inject
    InHand inHand;

    /**
     * Stores both, as often as it fails for a passing reason, while the node works and the lease is not known to be lost.
     *
     * @return what is to be reported without the tasks; null when both are stored
     */
    @Nullable
    Outcome store(Claimed run, Outcome outcome, Token token) {
        for (boolean first = true; ; first = false) {
            try {
                transactions.inNew(() -> write(run, outcome, token, outcome));
                inHand.letGo(run.runId(), run.fence());
                return null;
            } catch (RolledBack e) {
                return e.instead();
            } catch (RuntimeException e) {
                if (!passes(e) || token.stopped() || !node.active()) {
                    return Outcome.retry("the result could not be stored: " + Causes.root(e));
                }
                pause(first, e);
            }
        }
    }

    private static boolean passes(RuntimeException failure) {
        return failure instanceof OutcomeUnknown || Transient.is(failure);
    }

    private static void pause(boolean first, RuntimeException failure) {
        if (first) {
            LOG.log(Level.WARNING, "a result with tasks cannot be stored yet: {0}", Causes.root(failure));
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
    }

    /**
     * Writes both in the open transaction.
     *
     * @param late what to report where the result came too late for what it says
     * @throws RolledBack when not both may be stored
     */
    RunState write(Claimed run, Outcome outcome, Token token, Outcome late) {
        RunState wanted = led(outcome);
        submit(token.submitted());
        Result result = finish.execute(Caller.system(settings.node()), List.of(Reports.of(owner, run, outcome)))
                .get(0);
        if (result.state() != wanted) {
            throw new RolledBack(late);
        }
        return wanted;
    }

    private void submit(List<NewTask> tasks) {
        if (tasks.isEmpty()) {
            return;
        }
        List<Submitted> results = submit.execute(Caller.application(), tasks);
        for (int i = 0; i < results.size(); i++) {
            Fault refusal = results.get(i).refusal();
            if (refusal != null) {
                throw new RolledBack(Outcome.retry(
                        "a task of type " + tasks.get(i).type() + " that the attempt submitted was refused: "
                                + refusal.code() + ": " + refusal.message()));
            }
        }
    }

    /** Where the outcome leads, if it is one that comes with tasks and writes. */
    private static RunState led(Outcome outcome) {
        return switch (outcome.kind()) {
            case SUCCESS -> RunState.COMPLETED;
            case SUSPENDED -> RunState.SUSPENDED;
            case RETRYABLE_FAILURE, TERMINAL_FAILURE, TIMEOUT -> throw new RolledBack(outcome);
        };
    }
}
