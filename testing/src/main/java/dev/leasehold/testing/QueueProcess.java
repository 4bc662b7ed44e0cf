package dev.leasehold.testing;

import dev.leasehold.api.Handler;
import dev.leasehold.api.HandlerExtension;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.ClaimStatement;
import dev.leasehold.sql.FinishStatement;
import dev.leasehold.sql.LaneStatement;
import dev.leasehold.sql.PromoteStatement;
import dev.leasehold.sql.StartStatement;
import dev.leasehold.sql.Statements;
import dev.leasehold.sql.SubmitStatement;
import dev.leasehold.sql.Tickets;
import dev.leasehold.sql.Transactions;
import dev.leasehold.sql.catalog.Connections;
import dev.leasehold.testing.wiring.Wiring;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;

/** One process with the queue's beans, its handlers and its connections; several may share a store. It can die. */
final class QueueProcess {

    /** Something that is done to the database. */
    @FunctionalInterface
    interface Call {
        @Nullable
        Object run() throws Throwable;
    }

    private final Store store;
    private final Probe probe;
    private final Handlers handlers = new Handlers();
    private final ThreadTransactions transactions;
    private final Wiring wiring = new Wiring();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final String name;
    private volatile boolean dead;

    /** A process of that name, which its leases carry. */
    QueueProcess(String name, Store store, Probe probe) {
        this.name = name;
        this.store = store;
        this.probe = probe;
        transactions = new ThreadTransactions(store.slot(), this::connect, this);
        Map<String, String> settings = Map.of("leasehold.node", name, "leasehold.default-backoff-jitter", "0");
        wiring.put(Transactions.class, transactions)
                .put(Clock.class, store.clock())
                .put(EntityManager.class, transactions.entities())
                .put(Settings.class, new Settings(settings::get))
                .put(Connections.class, this::connect)
                .put(HandlerExtension.class, handlers);
        Statements statements = store.statements();
        wiring.put(LaneStatement.class, statements.lanes())
                .put(SubmitStatement.class, statements.submit())
                .put(PromoteStatement.class, statements.promote())
                .put(ClaimStatement.class, statements.claim())
                .put(StartStatement.class, statements.start())
                .put(FinishStatement.class, statements.finish())
                .put(Tickets.class, statements.tickets());
    }

    void add(Handler<?> handler) {
        handlers.add(handler);
    }

    Store store() {
        return store;
    }

    Probe probe() {
        return probe;
    }

    Handlers handlers() {
        return handlers;
    }

    ThreadTransactions transactions() {
        return transactions;
    }

    /** The queue's bean of that class. */
    <T> T get(Class<T> bean) {
        return wiring.get(bean);
    }

    /** This thread's transaction, if this process began it. */
    @Nullable
    OpenTransaction transaction() {
        OpenTransaction found = transactions.found();
        return found != null && found.isOf(this) ? found : null;
    }

    /** A connection of its own, which commits each statement by itself. */
    Connection connect() {
        requireAlive();
        Connection physical = store.connect();
        open.add(physical);
        return new LentConnection(this, physical).proxy();
    }

    /** The current transaction's connection, else one of its own. */
    Connection lend() {
        requireAlive();
        OpenTransaction current = transaction();
        if (current == null) {
            return connect();
        }
        try {
            Connection physical = current.connection().unwrap(JdbcConnection.class);
            return new JoinedConnection(this, physical, current).proxy();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The connection has been given back. */
    void forget(Connection physical) {
        open.remove(physical);
    }

    @Nullable
    Object step(String what, Call call) throws Throwable {
        requireAlive();
        int step = probe.before(this, what);
        requireAlive();
        Object result = call.run();
        probe.after(this, step);
        requireAlive();
        return result;
    }

    /** It is no more: what it has not committed is rolled back, and whatever it does from now on fails. */
    void die() {
        dead = true;
        for (Connection physical : open) {
            try (physical) {
                physical.rollback();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        open.clear();
    }

    boolean dead() {
        return dead;
    }

    void requireAlive() {
        if (dead) {
            throw new ProcessDied();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
