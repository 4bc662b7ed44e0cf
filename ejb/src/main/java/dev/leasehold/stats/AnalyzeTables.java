package dev.leasehold.stats;

import dev.leasehold.sql.AnalyzeStatement;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;

/** Has the database look at tables that grow faster than it looks by itself, so that it plans for what they hold now. */
@Stateless
public class AnalyzeTables {

    @Inject
    QueueSession session;

    @Inject
    AnalyzeStatement statement;

    /**
     * Looks once for each number.
     *
     * @param caller the queue itself
     * @param most how many tables each may have analyzed, at least 1
     * @return how many each had
     */
    public List<Integer> execute(Caller caller, List<Integer> most) {
        return most.stream()
                .map(tables -> session.work(connection -> statement.analyze(connection, tables)))
                .toList();
    }
}
