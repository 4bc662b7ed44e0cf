package dev.leasehold.run;

import dev.leasehold.sql.Floors;
import dev.leasehold.sql.LanePlace;
import dev.leasehold.sql.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells this node's workers that there may be something to claim: as soon as a commit here made runs ready, when another
 * node told of one, and from time to time because that may be lost.
 */
@ApplicationScoped
public class ReadyBell {

    private static final class Rung {
        private final List<LanePlace> places = new ArrayList<>();
        private boolean rings;
        private boolean anywhere;

        private Rung ring() {
            rings = true;
            return this;
        }
    }

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> commitListeners = new CopyOnWriteArrayList<>();

    @Inject
    Transactions transactions;

    @Inject
    Floors floors;

    /** Has the listener called after every such commit, on the committing thread: it must return at once, and not throw. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /** Has the listener called only after such commits of this node, on the committing thread, after all others. */
    public void listenToCommits(Runnable listener) {
        commitListeners.add(listener);
    }

    /** Rings once the current transaction has committed, and not at all when it rolls back. */
    public void ringOnCommit() {
        rung().ring().anywhere = true;
    }

    /** The same where it is known which runs become ready, so that claims need not look for them everywhere. */
    public void ringOnCommit(Collection<LanePlace> places) {
        rung().ring().places.addAll(places);
    }

    /** Whether the current transaction itself made runs ready: its claims see them before anybody is told. */
    public boolean ringsOnCommit() {
        return rung().rings;
    }

    private Rung rung() {
        return transactions.keep(Rung.class, () -> {
            Rung rung = new Rung();
            transactions.afterCommit(() -> {
                if (rung.rings) {
                    ring(rung);
                }
            });
            return rung;
        });
    }

    private void ring(Rung rung) {
        if (rung.anywhere) {
            floors.forget();
        } else {
            floors.lower(rung.places);
        }
        ring();
        commitListeners.forEach(Runnable::run);
    }

    /** Rings now. */
    public void ring() {
        listeners.forEach(Runnable::run);
    }

    /** Rings now for what others may have committed anywhere. */
    public void ringForOthers() {
        floors.doubt();
        ring();
    }
}
