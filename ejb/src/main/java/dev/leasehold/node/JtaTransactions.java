package dev.leasehold.node;

import dev.leasehold.sql.OutcomeUnknown;
import dev.leasehold.sql.Transactions;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** The server's transactions. */
@ApplicationScoped
public class JtaTransactions implements Transactions {

    private static final System.Logger LOG = System.getLogger(JtaTransactions.class.getName());

    @Inject
    UserTransaction transaction;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry registry;

    @Override
    public <T> T inNew(Supplier<T> work) {
        begin();
        return committed(work);
    }

    /** The limit is for this one: on Payara the thread would keep it, and the server's own does not come back with 0. */
    @Override
    public <T> T inNew(Duration atMost, Supplier<T> work) {
        limit((int) Math.max(1, atMost.plusMillis(999).toSeconds()));
        try {
            begin();
        } finally {
            limit(0);
        }
        return committed(work);
    }

    private void limit(int seconds) {
        try {
            transaction.setTransactionTimeout(seconds);
        } catch (SystemException e) {
            throw new IllegalStateException(e);
        }
    }

    private void begin() {
        try {
            transaction.begin();
        } catch (NotSupportedException | SystemException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T committed(Supplier<T> work) {
        T result = within(() -> {
            T done = work.get();
            finish();
            return done;
        });
        try {
            transaction.commit();
        } catch (RollbackException
                | HeuristicMixedException
                | HeuristicRollbackException
                | SystemException
                | RuntimeException e) {
            throw new OutcomeUnknown(e);
        }
        return result;
    }

    private void finish() {
        if (open() && registry.getResource(LastActions.class) instanceof LastActions last) {
            last.run();
        }
    }

    @Override
    public boolean open() {
        return registry.getTransactionStatus() == Status.STATUS_ACTIVE;
    }

    @Override
    public boolean none() {
        return registry.getTransactionStatus() == Status.STATUS_NO_TRANSACTION;
    }

    @Override
    public Object key() {
        return registry.getTransactionKey();
    }

    private <T> T within(Supplier<T> work) {
        boolean done = false;
        try {
            T result = work.get();
            done = true;
            return result;
        } finally {
            if (!done) {
                rollback();
            }
        }
    }

    private void rollback() {
        if (none()) {
            return;
        }
        try {
            transaction.rollback();
        } catch (SystemException | RuntimeException e) {
            LOG.log(Level.WARNING, "a rollback failed; the server will end the transaction", e);
        }
    }

    @Override
    public boolean endLeftOver() {
        if (none()) {
            return false;
        }
        rollback();
        return true;
    }

    /** Of a transaction that somebody else began the server tells when it ends. */
    @Override
    public void beforeCommit(Runnable action) {
        keep(LastActions.class, this::lastActions).add(action);
    }

    private LastActions lastActions() {
        LastActions last = new LastActions();
        registry.registerInterposedSynchronization(last);
        return last;
    }

    @Override
    public void afterCommit(Runnable action) {
        atEnd(status -> {
            if (status == Status.STATUS_COMMITTED) {
                action.run();
            }
        });
    }

    @Override
    public void afterCompletion(Consumer<Boolean> action) {
        atEnd(status -> action.accept(status == Status.STATUS_COMMITTED));
    }

    private void atEnd(IntConsumer action) {
        registry.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // only the end counts
            }

            @Override
            public void afterCompletion(int status) {
                action.accept(status);
            }
        });
    }

    @Override
    public <T> T keep(Class<T> key, Supplier<T> make) {
        Object kept = registry.getResource(key);
        if (kept == null) {
            kept = make.get();
            registry.putResource(key, kept);
        }
        return key.cast(kept);
    }
}
