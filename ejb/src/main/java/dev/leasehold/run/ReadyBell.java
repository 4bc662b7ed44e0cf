package dev.leasehold.run;

import dev.leasehold.sql.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells this node's workers that there may be something to claim: as soon as a commit here made runs ready, and from
 * time to time because of commits on other nodes.
 */
@ApplicationScoped
public class ReadyBell {

    private record Rung() {}

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    @Inject
    Transactions transactions;

    /** Has the listener called after every such commit, on the committing thread: it must return at once, and not throw. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /** Rings once the current transaction has committed, and not at all when it rolls back. */
    public void ringOnCommit() {
        transactions.keep(Rung.class, () -> {
            transactions.afterCommit(this::ring);
            return new Rung();
        });
    }

    /** Rings now: somebody else's commit is not heard here. */
    public void ring() {
        listeners.forEach(Runnable::run);
    }
}
