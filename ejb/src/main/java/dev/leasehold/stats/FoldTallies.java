package dev.leasehold.stats;

import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.TallyStatement;
import dev.leasehold.tenant.Caller;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;

/** Sums up what commands wrote about their changes, of every tenant; what the sums are stays the same. */
@Stateless
public class FoldTallies {

    @Inject
    QueueSession session;

    @Inject
    TallyStatement statement;

    /**
     * Folds once for each number, unless another node does.
     *
     * @param caller the queue itself
     * @param least how many rows a fold has to save, at least 1
     * @return how many rows each folded, at most 100,000
     */
    public List<Integer> execute(Caller caller, List<Integer> least) {
        return least.stream()
                .map(rows -> session.work(connection -> statement.fold(connection, rows)))
                .toList();
    }
}
