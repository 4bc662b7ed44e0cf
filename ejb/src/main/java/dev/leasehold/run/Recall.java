package dev.leasehold.run;

import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells this node's workers, as soon as a commit took runs away from them, which ones. */
@ApplicationScoped
public class Recall {

    private final List<Consumer<Map<UUID, Long>>> listeners = new CopyOnWriteArrayList<>();

    @Inject
    Transactions transactions;

    /**
     * Has the listener called after every such commit, with the fences of the ended leases by run, on the committing
     * thread: it must return at once.
     */
    public void listen(Consumer<Map<UUID, Long>> listener) {
        listeners.add(listener);
    }

    /** Names runs, as they are held, whose leases end if the current transaction commits; those without one are left out. */
    public void onCommit(Collection<LockedRun> runs) {
        Map<UUID, Long> fences = new HashMap<>();
        for (LockedRun run : runs) {
            if (run.lease() != null) {
                fences.put(run.id(), run.lease().fence());
            }
        }
        if (!fences.isEmpty()) {
            transactions.afterCommit(() -> listeners.forEach(listener -> listener.accept(fences)));
        }
    }
}
