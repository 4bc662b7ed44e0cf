package dev.leasehold.timer;

import dev.leasehold.letter.Failures;
import dev.leasehold.node.Node;
import dev.leasehold.run.RetryRuns;
import dev.leasehold.run.StartBatches;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.CauseStatement.CauseKey;
import dev.leasehold.sql.Repeats;
import dev.leasehold.sql.Transient;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.List;

/** Does again what failed, as far as somebody asked for it: letters whose retry is due, and the next batch of each cause. */
@ApplicationScoped
public class LetterSweep {

    private static final System.Logger LOG = System.getLogger(Duties.class.getName());

    @Inject
    Node node;

    @Inject
    Settings settings;

    @Inject
    Batches batches;

    @Inject
    Repeats repeats;

    @Inject
    RetryRuns retry;

    @Inject
    Failures failures;

    @Inject
    StartBatches start;

    /** Answers how many letters were due, and how many runs of causes are done again. */
    int pass() {
        return batches.each(node::active, caller -> retry.execute(caller, List.of(Batches.SIZE))) + causes();
    }

    private int causes() {
        return node.active()
                ? repeats.call(() -> failures.running(Batches.SIZE)).stream()
                        .mapToInt(this::start)
                        .sum()
                : 0;
    }

    private int start(CauseKey key) {
        try {
            return repeats.call(() -> start.execute(Caller.system(settings.node()), List.of(key)))
                    .get(0);
        } catch (RuntimeException e) {
            if (Transient.is(e)) {
                throw e;
            }
            LOG.log(Level.WARNING, "the next batch of failure " + key.fingerprint() + " cannot be started", e);
            return 0;
        }
    }
}
