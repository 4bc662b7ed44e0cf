package dev.leasehold.run;

import dev.leasehold.sql.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells this node's workers, as soon as a commit took runs away from them, which ones. */
@ApplicationScoped
public class Recall {

    private final List<Consumer<List<UUID>>> listeners = new CopyOnWriteArrayList<>();

    @Inject
    Transactions transactions;

    /** Has the listener called after every such commit, on the committing thread: it must return at once. */
    public void listen(Consumer<List<UUID>> listener) {
        listeners.add(listener);
    }

    /** Names runs whose leases end if the current transaction commits. */
    public void onCommit(List<UUID> runs) {
        if (!runs.isEmpty()) {
            transactions.afterCommit(() -> listeners.forEach(listener -> listener.accept(runs)));
        }
    }
}
