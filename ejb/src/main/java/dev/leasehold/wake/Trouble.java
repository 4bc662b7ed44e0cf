package dev.leasehold.wake;

import dev.leasehold.sql.Causes;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Says once for each cause why something does not work, and once that it works again. */
final class Trouble {

    private static final System.Logger LOG = System.getLogger(Wakes.class.getName());

    private final String failing;
    private final String working;
    private @Nullable String cause;

    Trouble(String failing, String working) {
        this.failing = failing;
        this.working = working;
    }

    synchronized void because(Throwable failure) {
        String root = Causes.root(failure);
        if (!root.equals(cause)) {
            cause = root;
            LOG.log(Level.WARNING, "{0}: {1}", failing, root);
        }
    }

    synchronized void over() {
        if (cause != null) {
            cause = null;
            LOG.log(Level.INFO, working);
        }
    }
}
