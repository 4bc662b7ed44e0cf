package dev.leasehold.worker;

import dev.leasehold.api.AttemptFailed;
import dev.leasehold.api.LifecycleExtension;
import dev.leasehold.api.RunFinished;
import dev.leasehold.fault.Unavailable;
import dev.leasehold.node.Node;
import dev.leasehold.run.EndBell;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.concurrent.RejectedExecutionException;

/** Tells the application's observers what this node has committed: {@link RunFinished} and {@link AttemptFailed}. */
@ApplicationScoped
public class Announcer {

    private static final System.Logger LOG = System.getLogger(Announcer.class.getName());

    @Inject
    LifecycleExtension observers;

    @Inject
    EndBell bell;

    @Inject
    Node node;

    @Inject
    AnnouncerThread thread;

    /** Listens, where anybody observes. */
    public void begin() {
        if (observers.hearsOfAttempts()) {
            bell.listenToFailures(failed -> later(() -> thread.failed(failed)));
        }
        if (observers.hearsOfRuns()) {
            bell.listen(ended -> later(() -> thread.finished(ended)));
        }
    }

    /** Not on the committing thread, which others may wait for. */
    private void later(Runnable announcement) {
        try {
            node.executor().execute(announcement);
        } catch (RejectedExecutionException | Unavailable e) {
            LOG.log(Level.WARNING, "observers are not told what was committed: {0}", e.getMessage());
        }
    }
}
