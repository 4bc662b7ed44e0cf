package dev.leasehold.timer;

import dev.leasehold.sql.Causes;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says once for each cause why a duty fails, and once that it works again. */
final class DutyLog {

    private static final System.Logger LOG = System.getLogger(Duties.class.getName());

    private final Map<Duty, String> causes = new EnumMap<>(Duty.class);

    synchronized void report(Duty duty, @Nullable Throwable failure) {
        String cause = failure == null ? "" : Causes.root(failure);
        String last = causes.put(duty, cause);
        if (failure != null && !cause.equals(last)) {
            LOG.log(Level.WARNING, duty + " failed and will be tried again", failure);
        } else if (failure == null && last != null && !last.isEmpty()) {
            LOG.log(Level.INFO, "{0} works again", duty);
        }
    }
}
