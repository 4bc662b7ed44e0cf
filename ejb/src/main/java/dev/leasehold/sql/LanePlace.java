package dev.leasehold.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * Where a ready run stands in its lane: the best come first (decisions 5.4).
 *
 * @param lane the lane
 * @param priority the run's effective priority
 * @param scheduledAt the instant it was planned for
 * @param run the run
 */
public record LanePlace(long lane, int priority, Instant scheduledAt, UUID run) {

    /** Those of one lane in its order. */
    public static final Comparator<LanePlace> ORDER = Comparator.comparingInt(LanePlace::priority)
            .reversed()
            .thenComparing(LanePlace::scheduledAt)
            .thenComparing(LanePlace::run, Values.BY_BITS);

    /** Before every planned instant. */
    static final Instant FRONT = Instant.parse("0001-01-01T00:00:00Z");

    /** In whole microseconds as rows are, and rather too early: a floor that is too low passes nothing by. */
    public LanePlace {
        scheduledAt = scheduledAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** The first place behind this one. */
    public LanePlace behind() {
        long low = run.getLeastSignificantBits() + 1;
        long high = run.getMostSignificantBits() + (low == 0 ? 1 : 0);
        return new LanePlace(lane, priority, scheduledAt, new UUID(high, low));
    }

    /** Reads a run's place. */
    public static LanePlace read(ResultSet row) throws SQLException {
        return new LanePlace(
                row.getLong("lane_id"),
                row.getInt("priority"),
                Rows.instant(row, "scheduled_at"),
                Rows.uuid(row, "run_id"));
    }

    /** Where a claim begins, at most one place a lane; a lane without one is read from its front. */
    static Values floors(Collection<LanePlace> places) {
        List<LanePlace> rows = List.copyOf(places);
        return new Values()
                .set("front_priority", Integer.MAX_VALUE)
                .set("front_instant", FRONT)
                .set("front_run", new UUID(0, 0))
                .column("floor_lanes", "bigint", rows, LanePlace::lane)
                .column("floor_priorities", "integer", rows, LanePlace::priority)
                .column("floor_instants", "timestamp with time zone", rows, LanePlace::scheduledAt)
                .column("floor_runs", "uuid", rows, LanePlace::run);
    }
}
