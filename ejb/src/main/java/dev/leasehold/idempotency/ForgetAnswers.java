package dev.leasehold.idempotency;

import dev.leasehold.sql.IdempotencyStatement;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Removes answers whose time is over, of every tenant. */
@Stateless
public class ForgetAnswers {

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    IdempotencyStatement statement;

    /**
     * Removes once for each batch size.
     *
     * @param caller the queue itself
     * @param batches how many answers each batch removes at most
     * @return how many each did
     */
    public List<Integer> execute(Caller caller, List<Integer> batches) {
        Instant now = clock.instant();
        return batches.stream()
                .map(max -> session.work(connection -> statement.expire(connection, now, max)))
                .toList();
    }
}
