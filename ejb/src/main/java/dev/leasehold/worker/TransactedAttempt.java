package dev.leasehold.worker;

import dev.leasehold.api.Outcome;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
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
    Completions completions;

    @Inject
    InHand inHand;

    /**
     * Does so.
     *
     * @param token what is in hand of it
     * @param atMost how long the transaction may last
     * @param handler calls the handler, and never throws
     * @return why everything was rolled back; null when it was committed
     * @throws RuntimeException when it was rolled back for another reason, or nobody knows
     */
    @Nullable
    Outcome run(Claimed run, Token token, Duration atMost, Supplier<Outcome> handler) {
        try {
            transactions.inNew(atMost, () -> complete(run, token, handler));
        } catch (RolledBack e) {
            return e.instead();
        }
        inHand.letGo(run.runId(), run.fence());
        return null;
    }

    private RunState complete(Claimed run, Token token, Supplier<Outcome> handler) {
        Object own = transactions.key();
        Outcome outcome = handler.get();
        boolean whole = transactions.open() && own.equals(transactions.key());
        if (!whole && !outcome.kind().failed()) {
            throw new RolledBack(Outcome.retry(ENDED));
        }
        return completions.write(run, outcome, token, Outcome.retry(LATE));
    }
}
