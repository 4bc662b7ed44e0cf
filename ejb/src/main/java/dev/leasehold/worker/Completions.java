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
import dev.leasehold.wait.OpenWaits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stores the success or suspension of one attempt together with the tasks that it submitted and with what its run is to wait for,
 * in a transaction of its own: other attempts' results must not wait for what tasks may have to wait for.
 */
@ApplicationScoped
public class Completions {

    private static final System.Logger LOG = System.getLogger(Completions.class.getName());
    private static final long PAUSE_MILLIS = 500;
    private static final int MOST_TRIES = 10;
    private static final int SAID_EVERY = 120;

    @Inject
    Transactions transactions;

    @Inject
    FinishAttempts finish;

    @Inject
    SubmitTasks submit;

    @Inject
    OpenWaits open;

    @Inject
    Settings settings;

    @Inject
    Owner owner;

    @Inject
    Node node;

    @Inject
    InHand inHand;

    /**
     * Stores both.
     *
     * @param again whether a commit of the same had an unknown outcome
     * @return what is to be reported without the tasks; null when both are stored
     * @throws RuntimeException when nothing was stored for another reason, or nobody knows
     */
    @Nullable
    Outcome store(Claimed run, Outcome outcome, Token token, boolean again) {
        try {
            transactions.inNew(() -> again ? writeAgain(run, outcome, token) : write(run, outcome, token, outcome));
        } catch (RolledBack e) {
            return e.instead();
        }
        inHand.letGo(run.runId(), run.fence());
        return null;
    }

    /**
     * Whether to store once more what failed so: for as long as the node works while the database is away, else some times.
     * Waits a little before it says so.
     *
     * @param tries how often it failed
     */
    boolean worthAnother(Throwable failure, int tries) {
        boolean passing = failure instanceof OutcomeUnknown || Transient.is(failure);
        boolean worth = node.running() && passing && (tries < MOST_TRIES || Transient.isAway(failure));
        if (worth) {
            pause(tries, failure);
        }
        return worth;
    }

    /** An interrupt would make every later pause none. */
    private static void pause(int tries, Throwable failure) {
        if (tries % SAID_EVERY == 1) {
            LOG.log(Level.WARNING, "a result with tasks cannot be stored yet: {0}", Causes.root(failure));
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        Thread.interrupted();
    }

    /**
     * Writes both in the open transaction: first the tasks, which may have to wait, and while they do no run is held.
     *
     * @param late what to report where the result came too late for what it says
     * @throws RolledBack when not both may be stored
     */
    RunState write(Claimed run, Outcome outcome, Token token, Outcome late) {
        RunState wanted = led(outcome);
        submit(token.submitted());
        if (finished(run, outcome).state() != wanted) {
            throw new RolledBack(late);
        }
        await(run, outcome);
        return wanted;
    }

    /** The same after a commit of unknown outcome: if it happened, the tasks were submitted as far as they were to be. */
    private RunState writeAgain(Claimed run, Outcome outcome, Token token) {
        RunState wanted = led(outcome);
        Result result = finished(run, outcome);
        if (result.state() != wanted) {
            throw new RolledBack(outcome);
        }
        if (!result.duplicate()) {
            submit(token.submitted());
            await(run, outcome);
        }
        return wanted;
    }

    private Result finished(Claimed run, Outcome outcome) {
        return finish.execute(Caller.system(settings.node()), List.of(Reports.of(owner, run, outcome)))
                .get(0);
    }

    private void await(Claimed run, Outcome outcome) {
        if (outcome.awaited() == null) {
            return;
        }
        OpenWaits.Request request =
                OpenWaits.Request.of(run.runId(), Objects.requireNonNull(run.attemptId()), outcome.awaited());
        Fault refusal = open.execute(Caller.system(settings.node()), List.of(request))
                .get(0)
                .refusal();
        if (refusal != null) {
            throw new RolledBack(Outcome.retry("what the attempt suspended for was refused: " + refusal.message()));
        }
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
