package dev.leasehold.database;

import dev.leasehold.sql.OutcomeUnknown;
import dev.leasehold.sql.Transactions;
import dev.leasehold.testing.wiring.CurrentEntities;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Transactions without a server: one entity manager a thread and transaction. */
final class LocalTransactions implements Transactions {

    private static final class Current {
        private final EntityManager entities;
        private final List<Runnable> beforeCommit = new ArrayList<>();
        private final List<Runnable> afterCommit = new ArrayList<>();
        private final List<Consumer<Boolean>> afterCompletion = new ArrayList<>();
        private final Map<Class<?>, Object> kept = new HashMap<>();

        Current(EntityManager entities) {
            this.entities = entities;
        }
    }

    private final EntityManagerFactory factory;

    @SuppressWarnings("ThreadLocalUsage") // one a fixture, not one a process
    private final ThreadLocal<Current> current = new ThreadLocal<>();

    LocalTransactions(EntityManagerFactory factory) {
        this.factory = factory;
    }

    @Override
    public <T> T inNew(Supplier<T> work) {
        Current outer = current.get();
        Current mine = new Current(factory.createEntityManager());
        current.set(mine);
        boolean committed = false;
        try {
            mine.entities.getTransaction().begin();
            T result = work.get();
            mine.beforeCommit.forEach(Runnable::run);
            commit(mine);
            committed = true;
            return result;
        } finally {
            current.set(outer);
            if (mine.entities.getTransaction().isActive()) {
                mine.entities.getTransaction().rollback();
            }
            mine.entities.close();
            end(mine, committed);
        }
    }

    @Override
    public <T> T inNew(Duration atMost, Supplier<T> work) {
        return inNew(work);
    }

    @Override
    public boolean open() {
        return !current().entities.getTransaction().getRollbackOnly();
    }

    @Override
    public boolean none() {
        return current.get() == null;
    }

    @Override
    public Object key() {
        return current();
    }

    private static void end(Current mine, boolean committed) {
        mine.afterCompletion.forEach(action -> action.accept(committed));
    }

    private static void commit(Current mine) {
        try {
            mine.entities.getTransaction().commit();
        } catch (RuntimeException e) {
            throw new OutcomeUnknown(e);
        }
        mine.afterCommit.forEach(Runnable::run);
    }

    @Override
    public boolean endLeftOver() {
        return false;
    }

    @Override
    public void beforeCommit(Runnable action) {
        current().beforeCommit.add(action);
    }

    @Override
    public void afterCommit(Runnable action) {
        current().afterCommit.add(action);
    }

    @Override
    public void afterCompletion(Consumer<Boolean> action) {
        current().afterCompletion.add(action);
    }

    @Override
    public <T> T keep(Class<T> key, Supplier<T> make) {
        return key.cast(current().kept.computeIfAbsent(key, absent -> make.get()));
    }

    boolean active() {
        return current.get() != null;
    }

    private Current current() {
        Current mine = current.get();
        if (mine == null) {
            throw new IllegalStateException("there is no transaction");
        }
        return mine;
    }

    /** Stands for the current transaction's. */
    EntityManager entities() {
        return CurrentEntities.of(() -> current().entities);
    }
}
