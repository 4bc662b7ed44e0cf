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

    @Inject
    @Leasehold
    EntityManager entities;

    /** Statements to run, and what they answer. */
    @FunctionalInterface
    public interface Work<T> {
        /** Runs the statements; the connection must not be closed or committed. */
        T run(Connection connection) throws SQLException;
    }

    /** Flushes what the entity manager holds, then runs the statements. */
    public <T> T work(Work<T> work) {
        entities.flush();
        return entities.unwrap(Session.class).doReturningWork(work::run);
    }
}
