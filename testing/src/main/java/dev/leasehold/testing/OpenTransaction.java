package dev.leasehold.testing;

import dev.leasehold.sql.OutcomeUnknown;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** A thread's transaction: the queue's session and the connection that the application is lent too. */
final class OpenTransaction implements AutoCloseable {

    private final @Nullable QueueProcess process;
    private final Connection connection;
    private final Session session;
    private final List<Runnable> beforeCommit = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<Consumer<Boolean>> afterCompletion = new ArrayList<>();
    private final Map<Class<?>, Object> kept = new HashMap<>();
    private @Nullable Throwable mark;
    private boolean committed;
    private boolean ended;

    OpenTransaction(@Nullable QueueProcess process, Connection connection) {
        this.process = process;
        this.connection = connection;
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        session = Template.SESSIONS.withOptions().connection(connection).openSession();
        session.beginTransaction();
    }

    boolean isOf(QueueProcess other) {
        return process == other;
    }

    Connection connection() {
        return connection;
    }

    Session session() {
        return session;
    }

    /** Has it rolled back in the end, for that reason. */
    void mark(Throwable why) {
        mark = mark == null ? why : mark;
    }

    /** Takes the mark back: the application has undone what failed. */
    void unmark() {
        mark = null;
    }

    boolean open() {
        return !ended && mark == null && !session.getTransaction().getRollbackOnly();
    }

    boolean ended() {
        return ended;
    }

    void beforeCommit(Runnable action) {
        beforeCommit.add(action);
    }

    void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    void afterCompletion(Consumer<Boolean> action) {
        afterCompletion.add(action);
    }

    <T> T keep(Class<T> key, Supplier<T> make) {
        return key.cast(kept.computeIfAbsent(key, absent -> make.get()));
    }

    /**
     * Commits, and does what was to be done then.
     *
     * @throws IllegalStateException when it was marked for rollback
     * @throws OutcomeUnknown when the commit failed
     */
    void commit() {
        if (mark != null) {
            throw new IllegalStateException(
                    "the transaction is rolled back because of what failed in it: " + mark, mark);
        }
        beforeCommit.forEach(Runnable::run);
        try {
            session.getTransaction().commit();
        } catch (PersistenceException e) {
            throw new OutcomeUnknown(e);
        }
        committed = true;
        afterCommit.forEach(Runnable::run);
    }

    /** Ends it, with a rollback unless it was committed. */
    @Override
    public void close() {
        ended = true;
        try (connection) {
            if (session.getTransaction().isActive()) {
                session.getTransaction().rollback();
            }
            session.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            afterCompletion.forEach(action -> action.accept(committed));
        }
    }
}
