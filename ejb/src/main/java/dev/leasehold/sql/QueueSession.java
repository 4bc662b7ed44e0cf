package dev.leasehold.sql;

import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.Session;

/** Runs statements on the connection of the current transaction's entity manager, never on another one. */
@ApplicationScoped
public class QueueSession {

    /** The transaction's own, without the container's proxy. */
    private record Current(Session session) {}

    @Inject
    @Leasehold
    EntityManager entities;

    @Inject
    Transactions transactions;

    /** Statements to run, and what they answer. */
    @FunctionalInterface
    public interface Work<T> {
        /** Runs the statements; the connection must not be closed or committed. */
        T run(Connection connection) throws SQLException;
    }

    /** Flushes what the entity manager holds, then runs the statements. */
    public <T> T work(Work<T> work) {
        Session session = transactions
                .keep(Current.class, () -> new Current(entities.unwrap(Session.class)))
                .session();
        session.flush();
        return session.doReturningWork(work::run);
    }

    /** For the rest of the transaction: what looks for a range needs it ({@link Planning}). */
    public void planForRanges() {
        work(connection -> {
            Planning.forRanges(connection);
            return true;
        });
    }
}
