package dev.leasehold.sql.h2;

import dev.leasehold.sql.Rows;
import dev.leasehold.sql.Sql;
import dev.leasehold.sql.Values;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Writes a run's next event, and the run's columns that follow from it. */
final class H2Events {

    private static final Sql EVENT = Sql.of("h2", "event");

    /** Where a run's history stands before a command. */
    record Tip(UUID tenant, UUID run, int version, long pos, Instant lastEventAt) {

        static Tip read(ResultSet row, UUID tenant, UUID run) throws SQLException {
            return new Tip(tenant, run, row.getInt("version"), row.getLong("pos"), Rows.instant(row, "last_event_at"));
        }

        /** What the run's own update needs: its key, the version it had, and the new position and instant. */
        Values next(long ticket, Instant now) {
            return new Values()
                    .set("tenant", tenant)
                    .set("run_id", run)
                    .set("version", version)
                    .set("pos", Math.max(pos, ticket))
                    .set("occurred_at", now.isAfter(lastEventAt) ? now : lastEventAt);
        }

        /** The event that follows; the type, the actor and the transitions are still to be set. */
        Values event(long ticket, Instant now) {
            return blank().with(next(ticket, now)).set("version", version + 1);
        }
    }

    private H2Events() {}

    /** The columns that not every event has. */
    static Values blank() {
        return new Values()
                .set("fence", null)
                .set("attempt_id", null)
                .set("attempt_number", null)
                .set("priority", null)
                .set("scheduled_at", null)
                .set("due_at", null);
    }

    static void write(Connection connection, List<Values> events) throws SQLException {
        EVENT.batch(connection, events);
    }
}
