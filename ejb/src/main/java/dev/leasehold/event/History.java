package dev.leasehold.event;

import dev.leasehold.run.RunNotFound;
import dev.leasehold.run.Runs;
import dev.leasehold.sql.EventRow;
import dev.leasehold.sql.EventStatement;
import dev.leasehold.sql.EventStatement.Part;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/** A run's own events; they never wait for the feed's horizon. Read within a transaction. */
@ApplicationScoped
public class History {

    /**
     * A part of a run's history.
     *
     * @param events oldest first
     * @param hasMore whether the asked part goes on behind them
     */
    public record Page(List<EventRow> events, boolean hasMore) {}

    @Inject
    Runs runs;

    @Inject
    QueueSession session;

    @Inject
    EventStatement statement;

    /**
     * The oldest events of that part.
     *
     * @throws RunNotFound when the caller's tenant has none of that id
     */
    public Page oldest(Caller caller, UUID run, Part part) {
        runs.get(caller, run);
        Part oneMore = new Part(part.after(), part.before(), part.max() + 1);
        List<EventRow> events = session.work(connection -> statement.oldest(connection, caller.tenant(), run, oneMore));
        boolean hasMore = events.size() > part.max();
        return new Page(hasMore ? events.subList(0, part.max()) : events, hasMore);
    }

    /**
     * The newest events of that part.
     *
     * @throws RunNotFound when the caller's tenant has none of that id
     */
    public Page newest(Caller caller, UUID run, Part part) {
        runs.get(caller, run);
        return new Page(session.work(connection -> statement.newest(connection, caller.tenant(), run, part)), false);
    }
}
