package dev.leasehold.schedule;

import dev.leasehold.sql.ScheduleRow;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The policies that this node could not read of late, as one in a time zone that its Java does not know. They are left to
 * nodes that can, and are not in the way of others.
 */
@ApplicationScoped
public class UnreadablePolicies {

    /** After how long one is tried again. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final System.Logger LOG = System.getLogger(UnreadablePolicies.class.getName());

    private final Map<UUID, Instant> until = new ConcurrentHashMap<>();

    /** The tasks that are not tried at that moment. */
    List<UUID> at(Instant now) {
        until.values().removeIf(again -> !again.isAfter(now));
        return List.copyOf(until.keySet());
    }

    /** Another policy takes its place. */
    void forget(UUID task) {
        until.remove(task);
    }

    void note(Caller caller, Instant now, ScheduleRow row, InvalidCron why) {
        until.put(row.task(), now.plus(PATIENCE));
        LOG.log(
                Level.WARNING,
                "this node derives no runs of task {0} of tenant {1}: {2}",
                row.task(),
                caller.tenant(),
                why.reason());
    }
}
