package dev.leasehold.run;

import dev.leasehold.sql.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells this node when runs that wait for a permit can probably go on, so that nobody has to look until then. */
@ApplicationScoped
public class Alarm {

    private final List<Consumer<Instant>> listeners = new CopyOnWriteArrayList<>();

    @Inject
    Transactions transactions;

    /** Has the listener called with every such instant, on the committing thread: it must return at once, and not throw. */
    public void listen(Consumer<Instant> listener) {
        listeners.add(listener);
    }

    /** Names an instant, if there is one, once the current transaction has committed. */
    public void onCommit(@Nullable Instant instant) {
        if (instant != null) {
            transactions.afterCommit(() -> listeners.forEach(listener -> listener.accept(instant)));
        }
    }
}
