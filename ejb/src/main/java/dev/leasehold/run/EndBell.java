package dev.leasehold.run;

import dev.leasehold.sql.Transactions;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells this node, as soon as a commit here ended runs, which ones. */
@ApplicationScoped
public class EndBell {

    private final List<Consumer<List<RunKey>>> listeners = new CopyOnWriteArrayList<>();

    @Inject
    Transactions transactions;

    /** Has the listener called after every such commit, on the committing thread: it must return at once. */
    public void listen(Consumer<List<RunKey>> listener) {
        listeners.add(listener);
    }

    /** Names runs that have ended if the current transaction commits. */
    public void ringOnCommit(Caller caller, Collection<UUID> runs) {
        if (!runs.isEmpty() && !listeners.isEmpty()) {
            List<RunKey> keys =
                    runs.stream().map(run -> new RunKey(caller.tenant(), run)).toList();
            transactions.afterCommit(() -> listeners.forEach(listener -> listener.accept(keys)));
        }
    }
}
