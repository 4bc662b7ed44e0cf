package dev.leasehold.sql;

import static java.util.Objects.requireNonNullElse;

import dev.leasehold.api.Cron;
import dev.leasehold.api.Repeat;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When a task recurs, and how far that has come.
 *
 * @param task the task
 * @param version how often its policy was replaced, from 1
 * @param cron its policy; null for a repetition
 * @param repeat its repetition; null for a policy
 * @param place where its runs go
 * @param cursor how far its instants were counted
 * @param halted whether it is paused, or its queue, or all of them
 */
public record ScheduleRow(
        UUID task,
        int version,
        @Nullable Cron cron,
        @Nullable Repeat repeat,
        Place place,
        Cursor cursor,
        boolean halted) {

    private static final List<String> POLICY = List.of(
            "expression",
            "time_zone",
            "dst_gap",
            "dst_overlap",
            "misfire_most",
            "misfire_merged",
            "misfire_after",
            "overlap");

    /**
     * Where runs go.
     *
     * @param queue the queue
     * @param lane the number of its lane
     * @param priority that of the task
     */
    public record Place(String queue, long lane, int priority) {}

    /**
     * How far instants were counted.
     *
     * @param instants how many were, those included that got no run
     * @param next the first that was not; null after the last
     * @param wake when there is something to decide; null while nothing is waited for
     * @param catchUp how many missed ones of the present stretch may still run; null where that is not limited
     */
    public record Cursor(
            long instants,
            @Nullable Instant next,
            @Nullable Instant wake,
            @Nullable Integer catchUp) {}

    /** The same with another policy, begun anew. */
    public ScheduleRow with(Cron policy, Cursor begun) {
        return new ScheduleRow(task, version, policy, null, place, begun, halted);
    }

    static ScheduleRow read(ResultSet row) throws SQLException {
        return new ScheduleRow(
                Rows.uuid(row, "task_id"),
                row.getInt("version"),
                row.getString("expression") == null ? null : cron(row),
                row.getString("expression") == null ? repeat(row) : null,
                new Place("", row.getLong("lane_id"), row.getInt("priority")),
                new Cursor(
                        row.getLong("instants"),
                        Rows.instantOrNull(row, "next_at"),
                        null,
                        row.getObject("catch_up", Integer.class)),
                row.getBoolean("halted"));
    }

    private static Cron cron(ResultSet row) throws SQLException {
        Long most = row.getObject("max_occurrences", Long.class);
        return new Cron(
                row.getString("expression"),
                row.getString("time_zone"),
                most == null ? null : most.intValue(),
                Cron.Gap.valueOf(row.getString("dst_gap")),
                Cron.TwiceGiven.valueOf(row.getString("dst_overlap")),
                new Cron.Misfire(row.getObject("misfire_most", Integer.class), row.getBoolean("misfire_merged")),
                Rows.durationOrNull(row, "misfire_after_micros"),
                Cron.Overlap.valueOf(row.getString("overlap")));
    }

    private static Repeat repeat(ResultSet row) throws SQLException {
        return new Repeat(
                row.getInt("max_occurrences"), Duration.of(row.getLong("repeat_interval_micros"), ChronoUnit.MICROS));
    }

    Values values() {
        return policy().with(cursor(cursor))
                .set("task_id", task)
                .set("repeat_interval", repeat == null ? null : micros(repeat.interval()))
                .set("queue", place.queue())
                .set("lane", place.lane())
                .set("priority", place.priority());
    }

    static Values cursor(Cursor cursor) {
        return new Values()
                .set("instants", cursor.instants())
                .set("next_at", cursor.next())
                .set("wake_at", cursor.wake())
                .set("catch_up", cursor.catchUp());
    }

    private Values policy() {
        return cron == null ? absent() : policy(cron);
    }

    private Values absent() {
        Values values = new Values();
        POLICY.forEach(column -> values.set(column, null));
        return values.set("max_occurrences", repeat == null ? null : (long) repeat.count());
    }

    private static Values policy(Cron cron) {
        Cron.Misfire misfire = requireNonNullElse(cron.misfire(), Cron.Misfire.ONCE);
        return new Values()
                .set("expression", cron.expression())
                .set("time_zone", cron.timeZone())
                .set(
                        "dst_gap",
                        requireNonNullElse(cron.dstGap(), Cron.Gap.SHIFT).name())
                .set(
                        "dst_overlap",
                        requireNonNullElse(cron.dstOverlap(), Cron.TwiceGiven.FIRST)
                                .name())
                .set("misfire_most", misfire.most())
                .set("misfire_merged", misfire.merged())
                .set("misfire_after", cron.misfireAfter() == null ? null : micros(cron.misfireAfter()))
                .set(
                        "overlap",
                        requireNonNullElse(cron.overlap(), Cron.Overlap.ALLOW).name())
                .set("max_occurrences", cron.maxOccurrences() == null ? null : (long) cron.maxOccurrences());
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
