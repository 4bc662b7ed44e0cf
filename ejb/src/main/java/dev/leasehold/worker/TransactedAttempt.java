package dev.leasehold.worker;

import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.attempt.FinishAttempts.Result;
import dev.leasehold.run.RunState;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Transactions;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs an attempt whose handler's writes are committed together with its completion or suspension, or not at all
 * (decisions 10.5). The report follows the handler in the same transaction.
 */
@ApplicationScoped
public class TransactedAttempt {

    private static final String ENDED =
            "the handler's transaction was marked for rollback or ended before the handler returned:"
                    + " by the handler, or by the server after leasehold.transaction-secs";
    private static final String LATE = "the result came too late";

    @Inject
    Transactions transactions;

    @Inject
    FinishAttempts finish;

    @Inject
    Settings settings;

    @Inject
    Owner owner;

    @Inject
    InHand inHand;

    /**
     * Does so.
     *
     * @param atMost how long the transaction may last
     * @param handler calls the handler, and never throws
     * @return why everything was rolled back; null when it was committed
     * @throws RuntimeException when it was rolled back for another reason, or nobody knows
     */
    @Nullable
    Outcome run(Claimed run, Duration atMost, Supplier<Outcome> handler) {
        try {
            transactions.inNew(atMost, () -> complete(run, handler));
        } catch (RolledBack e) {
            return e.instead;
        }
        inHand.letGo(run.runId(), run.fence());
        return null;
    }

    private RunState complete(Claimed run, Supplier<Outcome> handler) {
        Object own = transactions.key();
        Outcome outcome = handler.get();
        RunState wanted = led(outcome);
        if (!transactions.open() || !own.equals(transactions.key())) {
            throw new RolledBack(Outcome.retry(ENDED));
        }
        Result result = finish.execute(Caller.system(settings.node()), List.of(Reports.of(owner, run, outcome)))
                .get(0);
        if (result.state() != wanted) {
            throw new RolledBack(Outcome.retry(LATE));
        }
        return wanted;
    }

    /** Where the outcome leads, if it is one with which writes are committed. */
    private static RunState led(Outcome outcome) {
        return switch (outcome.kind()) {
            case SUCCESS -> RunState.COMPLETED;
            case SUSPENDED -> RunState.SUSPENDED;
            case RETRYABLE_FAILURE, TERMINAL_FAILURE, TIMEOUT -> throw new RolledBack(outcome);
        };
    }

    /** Rolls the transaction back; what is reported instead of a completion. */
    private static final class RolledBack extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Outcome instead;

        RolledBack(Outcome instead) {
            super(null, null, false, false);
            this.instead = instead;
        }
    }
}
