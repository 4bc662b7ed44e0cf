package dev.leasehold.testing;

import dev.leasehold.sql.Transactions;
import dev.leasehold.testing.wiring.CurrentEntities;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A process's transactions without a server: each thread has one at most, and a new one sets the other aside. */
final class ThreadTransactions implements Transactions {

    private final ThreadLocal<@Nullable OpenTransaction> slot;
    private final Supplier<Connection> connections;
    private final @Nullable QueueProcess process;

    ThreadTransactions(
            ThreadLocal<@Nullable OpenTransaction> slot,
            Supplier<Connection> connections,
            @Nullable QueueProcess process) {
        this.slot = slot;
        this.connections = connections;
        this.process = process;
    }

    @Override
    public <T> T inNew(Supplier<T> work) {
        OpenTransaction before = slot.get();
        try (OpenTransaction mine = new OpenTransaction(process, connections.get())) {
            slot.set(mine);
            T result = work.get();
            mine.commit();
            return result;
        } finally {
            slot.set(before);
        }
    }

    @Override
    public <T> T inNew(Duration atMost, Supplier<T> work) {
        return inNew(work);
    }

    @Override
    public boolean open() {
        return current().open();
    }

    @Override
    public boolean none() {
        return slot.get() == null;
    }

    @Override
    public Object key() {
        return current();
    }

    @Override
    public boolean endLeftOver() {
        return false;
    }

    @Override
    public void beforeCommit(Runnable action) {
        current().beforeCommit(action);
    }

    @Override
    public void afterCommit(Runnable action) {
        current().afterCommit(action);
    }

    @Override
    public void afterCompletion(Consumer<Boolean> action) {
        current().afterCompletion(action);
    }

    @Override
    public <T> T keep(Class<T> key, Supplier<T> make) {
        return current().keep(key, make);
    }

    /** This thread's transaction, if it has one. */
    @Nullable
    OpenTransaction found() {
        return slot.get();
    }

    private OpenTransaction current() {
        OpenTransaction mine = slot.get();
        if (mine == null) {
            throw new IllegalStateException("there is no transaction");
        }
        return mine;
    }

    /** Stands for the current transaction's. */
    EntityManager entities() {
        return CurrentEntities.of(() -> current().session());
    }
}
