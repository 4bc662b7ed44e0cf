package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a tenant's events in the feed's order: position, run, version (decisions 4). */
@ApplicationScoped
public class FeedStatement {

    private static final String COMMON = "common";
    private static final Sql OF_RUN = Sql.of(COMMON, "feed_of_run");
    private static final Sql OF_TASK = Sql.of(COMMON, "feed_of_task");
    private static final PerDatabase ALL = PerDatabase.of("feed");
    private static final PerDatabase STRETCH = PerDatabase.of("feed_stretch");
    private static final PerDatabase HELD_BACK = PerDatabase.of("feed_held_back");

    /** The place of an event in the feed. */
    public record Place(long pos, UUID runId, int version) {}

    /** A tenant's events from one position (included) to another (excluded). */
    public record Span(UUID tenant, long from, long to) {}

    /** Which events are asked for; null asks for all. */
    public record Wanted(
            @Nullable String type,
            @Nullable UUID runId,
            @Nullable UUID taskId) {

        /** Whether they are those of few runs, and found by their runs. */
        public boolean ofRuns() {
            return runId != null || taskId != null;
        }
    }

    /**
     * What a span holds, wanted or not.
     *
     * @param events how many
     * @param lastPos the greatest position of one; 0 where there is none
     * @param lastAt the latest instant of one
     */
    public record Stretch(
            long events, long lastPos, @Nullable Instant lastAt) {}

    @Inject
    Tickets tickets;

    /**
     * Begins to read within a transaction ({@link Planning}): the position below which nothing will appear any more.
     */
    public long begin(Connection connection) throws SQLException {
        Planning.forPositions(connection);
        return tickets.horizon(connection);
    }

    /** The first {@code max} events of a span that are wanted and stand behind a place. */
    public List<EventRow> read(Connection connection, Span span, Place after, Wanted wanted, int max)
            throws SQLException {
        Values values = values(span)
                .set("pos", after.pos())
                .set("run_id", after.runId())
                .set("version", after.version())
                .set("any_type", wanted.type() == null)
                .set("type", wanted.type() == null ? "" : wanted.type())
                .set("any_run", wanted.runId() == null)
                .set("only_run", wanted.runId() == null ? after.runId() : wanted.runId())
                .set("task_id", wanted.taskId())
                .set("max", max);
        return statement(connection, wanted).query(connection, values, EventRow::read);
    }

    private static Sql statement(Connection connection, Wanted wanted) throws SQLException {
        if (wanted.taskId() != null) {
            return OF_TASK;
        }
        return wanted.runId() == null ? ALL.on(connection) : OF_RUN;
    }

    /** What the span holds. */
    public Stretch stretch(Connection connection, Span span) throws SQLException {
        return STRETCH.on(connection)
                .query(
                        connection,
                        values(span),
                        row -> new Stretch(
                                row.getLong("events"), row.getLong("last_pos"), Rows.instantOrNull(row, "last_at")))
                .get(0);
    }

    /** When the oldest of the tenant's events occurred that are there, but not yet below the horizon. */
    public Optional<Instant> heldBack(Connection connection, UUID tenant, long horizon) throws SQLException {
        List<Optional<Instant>> oldest = HELD_BACK
                .on(connection)
                .query(
                        connection,
                        new Values().set("tenant", tenant).set("from", horizon),
                        row -> Optional.ofNullable(Rows.instantOrNull(row, "oldest_at")));
        return oldest.get(0);
    }

    private static Values values(Span span) {
        return new Values()
                .set("tenant", span.tenant())
                .set("from", span.from())
                .set("to", span.to());
    }
}
