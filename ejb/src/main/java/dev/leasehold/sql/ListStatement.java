package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which runs a list shows that is about other states than {@code Completed}, on PostgreSQL. No index has the state of
 * every run, for claims and finishes would have to write it; so each place is asked where such runs stand, and none that is
 * complete is read.
 */
@ApplicationScoped
public class ListStatement {

    private static final Sql LIST = Sql.of("postgresql", "list_runs");
    private static final Place FRONT = new Place(LanePlace.FRONT, new UUID(0, 0));

    /** Where a run stands in a list. */
    public record Place(Instant at, UUID run) {}

    /**
     * What a list is about; what is null does not narrow it.
     *
     * @param states the words of the states
     * @param ready whether ready runs are among them
     * @param leased whether runs that somebody holds are
     * @param tag a pattern for one tag among those of a task, with {@code !} before what is meant literally
     */
    public record Listing(
            UUID tenant,
            List<String> states,
            boolean ready,
            boolean leased,
            @Nullable String type,
            @Nullable String queue,
            @Nullable String key,
            @Nullable String tag) {

        Values values() {
            return new Values()
                    .set("tenant", tenant)
                    .names("states", "varchar", states)
                    .set("ready", ready)
                    .set("leased", leased)
                    .set("any_type", type == null)
                    .set("type", type)
                    .set("any_queue", queue == null)
                    .set("queue", queue)
                    .set("any_task", key == null && tag == null)
                    .set("any_key", key == null)
                    .set("key", key)
                    .set("any_tag", tag == null)
                    .set("tag", tag)
                    .set("escape", "!");
        }
    }

    /** Whether the database at the other end is one that this is for. */
    public boolean serves(Connection connection) throws SQLException {
        return Database.of(connection) == Database.POSTGRESQL;
    }

    /** The first runs behind that place, or of all, by planned instant, then id. */
    public List<Place> first(Connection connection, Listing listing, @Nullable Place after, int max)
            throws SQLException {
        return LIST.query(
                connection,
                values(listing, after, max),
                row -> new Place(Rows.instant(row, "scheduled_at"), Rows.uuid(row, "run_id")));
    }

    static Values values(Listing listing, @Nullable Place after, int max) {
        Place from = after == null ? FRONT : after;
        return listing.values()
                .set("after_at", from.at())
                .set("after_run", from.run())
                .set("max", max);
    }
}
