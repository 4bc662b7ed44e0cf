package dev.leasehold.wait;

import dev.leasehold.run.Runs;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.WaitRow;
import dev.leasehold.sql.WaitStatement;
import dev.leasehold.sql.WaitStatement.Due;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Reads what runs wait for, within a transaction. */
@ApplicationScoped
public class Waits {

    @Inject
    Runs runs;

    @Inject
    QueueSession session;

    @Inject
    WaitStatement statement;

    @Inject
    @Leasehold
    Clock clock;

    /** The runs of waits that are due, of all tenants, the longest overdue first; each as often as it has one. */
    public List<Due> due(int max) {
        return session.work(connection -> statement.due(connection, clock.instant(), max));
    }

    /**
     * All waits of a run, oldest first.
     *
     * @throws dev.leasehold.run.RunNotFound when the caller's tenant has none of that id
     */
    public List<WaitRow> of(Caller caller, UUID run) {
        runs.get(caller, run);
        return session.work(connection -> statement.ofRuns(connection, caller.tenant(), List.of(run)));
    }
}
