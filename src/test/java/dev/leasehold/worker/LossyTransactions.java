package dev.leasehold.worker;

import dev.leasehold.sql.OutcomeUnknown;
import dev.leasehold.sql.Transactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Transactions that sometimes cannot say whether they were committed. */
final class LossyTransactions implements Transactions {

    private final Transactions real;
    private boolean lose;
    private boolean refuse;
    private final List<Object> keys = new ArrayList<>();
    private @Nullable Duration limit;

    LossyTransactions(Transactions real) {
        this.real = real;
    }

    /** The next one commits, and nobody is told. */
    void loseNext() {
        lose = true;
    }

    /** The next one is rolled back at its commit, which nobody can tell from one whose answer is lost. */
    void refuseNext() {
        refuse = true;
    }

    @Override
    public <T> T inNew(Supplier<T> work) {
        if (refuse) {
            refuse = false;
            throw new OutcomeUnknown(refused(work));
        }
        T result = real.inNew(work);
        if (lose) {
            lose = false;
            throw new OutcomeUnknown(new IllegalStateException("connection lost"));
        }
        return result;
    }

    private Refused refused(Supplier<?> work) {
        try {
            return real.inNew(() -> {
                throw new Refused(work.get());
            });
        } catch (Refused e) {
            return e;
        }
    }

    @Override
    public <T> T inNew(Duration atMost, Supplier<T> work) {
        limit = atMost;
        return inNew(work);
    }

    /** How long the last one may last that has a limit. */
    @Nullable
    Duration limit() {
        return limit;
    }

    /** The next one is another before it ends. */
    void exchangeNext() {
        keys.addAll(List.of("one", "another"));
    }

    @Override
    public boolean open() {
        return real.open();
    }

    @Override
    public boolean none() {
        return real.none();
    }

    @Override
    public Object key() {
        return keys.isEmpty() ? real.key() : keys.remove(0);
    }

    @Override
    public boolean endLeftOver() {
        return real.endLeftOver();
    }

    @Override
    public void beforeCommit(Runnable action) {
        real.beforeCommit(action);
    }

    @Override
    public void afterCommit(Runnable action) {
        real.afterCommit(action);
    }

    @Override
    public void afterCompletion(Consumer<Boolean> action) {
        real.afterCompletion(action);
    }

    @Override
    public <T> T keep(Class<T> key, Supplier<T> make) {
        return real.keep(key, make);
    }

    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(Object work) {
            super("a constraint is broken by " + work);
        }
    }
}
