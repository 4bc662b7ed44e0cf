package dev.leasehold.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * Where a run's history stands before a command.
 *
 * @param tenant the tenant
 * @param run the run
 * @param version the number of its last event
 * @param pos that event's place in the feed
 * @param lastEventAt when it occurred
 */
public record Tip(UUID tenant, UUID run, int version, long pos, Instant lastEventAt) {

    /** Reads the columns that say so. */
    public static Tip read(ResultSet row, UUID tenant, UUID run) throws SQLException {
        return new Tip(tenant, run, row.getInt("version"), row.getLong("pos"), Rows.instant(row, "last_event_at"));
    }

    /** What the run's own update needs: its key, the version it had, and the new position and instant. */
    public Values next(long ticket, Instant now) {
        return new Values()
                .set("tenant", tenant)
                .set("run_id", run)
                .set("version", version)
                .set("pos", Math.max(pos, ticket))
                .set("occurred_at", now.isAfter(lastEventAt) ? now : lastEventAt);
    }

    /** The event that follows; the type, the actor and the transitions are still to be set. */
    public Values event(long ticket, Instant now) {
        return Events.blank().with(next(ticket, now)).set("version", version + 1);
    }
}
