package dev.leasehold.run;

import dev.leasehold.sql.Transactions;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells this node, as soon as a commit here ended runs or recorded failed attempts, which ones. */
@ApplicationScoped
public class EndBell {

    /** An attempt that failed, took too long or was lost with its worker. */
    public record Failed(UUID tenant, UUID run, UUID attempt) {}

    private final List<Consumer<List<RunKey>>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<List<Failed>>> listenersToFailures = new CopyOnWriteArrayList<>();

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

    /** Has the listener called after every commit that recorded failed attempts, as the other ones. */
    public void listenToFailures(Consumer<List<Failed>> listener) {
        listenersToFailures.add(listener);
    }

    /** Names attempts, by run, that have failed if the current transaction commits; asked for them only if somebody listens. */
    public void failOnCommit(Caller caller, Supplier<Map<UUID, UUID>> attempts) {
        if (listenersToFailures.isEmpty()) {
            return;
        }
        List<Failed> failed = attempts.get().entrySet().stream()
                .map(one -> new Failed(caller.tenant(), one.getKey(), one.getValue()))
                .toList();
        if (!failed.isEmpty()) {
            transactions.afterCommit(() -> listenersToFailures.forEach(listener -> listener.accept(failed)));
        }
    }
}
