package dev.leasehold.run;

import dev.leasehold.sql.PermitStatement;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Which permits had room at this node's last sweep although runs waited, and how many had ever held each by then. */
@ApplicationScoped
public class IdleRoom {

    private static final int SOME = 1;
    private static final int MANY = 1000;

    private volatile Map<PermitStatement.Key, Long> last = Map.of();

    /**
     * How many runs to put back at least. Where nobody took the permit since the last sweep, those that were put back then
     * cannot be started, say in a paused queue, and keep it from others.
     */
    int least(PermitStatement.Key permit, long fence) {
        Long before = last.get(permit);
        return before != null && before == fence ? MANY : SOME;
    }

    /** Replaces what is known. */
    void remember(Map<PermitStatement.Key, Long> permits) {
        last = Map.copyOf(permits);
    }
}
