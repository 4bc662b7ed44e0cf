package dev.leasehold.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a run at every instant that an expression names. Nothing is checked here: the queue refuses what is out of
 * bounds (http.md 1), and an expression that never fires or does so for the first time in more than five years. What is
 * null was left to the defaults.
 *
 * @param expression five fields (minute, hour, day of month, month, day of week), six (a second before them), or one of
 *     {@code @yearly @monthly @weekly @daily @hourly}
 * @param timeZone the IANA name of the zone whose local time the expression speaks of; null for UTC
 * @param maxOccurrences how many instants count at most, missed ones included; null for no end
 * @param dstGap what becomes of a local time that the clocks skip; null for {@link Gap#SHIFT}
 * @param dstOverlap what becomes of a local time that comes twice; null for {@link TwiceGiven#FIRST}
 * @param misfire what becomes of instants that no node came to in time; null for {@link Misfire#ONCE}
 * @param misfireAfter how far back an instant must lie to be missed; null for 60 s
 * @param overlap what becomes of an instant while an earlier run is under way; null for {@link Overlap#ALLOW}
 */
public record Cron(
        String expression,
        @Nullable String timeZone,
        @Nullable Integer maxOccurrences,
        @Nullable Gap dstGap,
        @Nullable TwiceGiven dstOverlap,
        @Nullable Misfire misfire,
        @Nullable Duration misfireAfter,
        @Nullable Overlap overlap)
        implements RunPolicy {

    /** What becomes of a local time that the clocks skip, where the hour is fixed. */
    public enum Gap {
        /** It fires later by the length of the gap: 02:30 at 03:30. */
        SHIFT,
        /** It does not fire on that day. */
        SKIP
    }

    /** What becomes of a local time that comes twice, where the hour is fixed. */
    public enum TwiceGiven {
        /** It fires the first time only. */
        FIRST,
        /** It fires both times. */
        BOTH
    }

    /** What becomes of an instant while an earlier run of the task is under way. */
    public enum Overlap {
        /** It runs beside it. */
        ALLOW,
        /** It is dropped. */
        SKIP,
        /** The first one waits until the earlier run has ended, further ones are dropped. */
        BUFFER_ONE,
        /** The earlier run is canceled. */
        CANCEL_PREVIOUS
    }

    /**
     * What becomes of missed instants.
     *
     * @param most how many of those missed in one stretch run, the oldest first; null for each of them
     * @param merged whether one run stands for all of them
     */
    public record Misfire(@Nullable Integer most, boolean merged) {

        /** The oldest runs, and stands for all. */
        public static final Misfire ONCE = new Misfire(1, true);

        /** None runs. */
        public static final Misfire SKIP = new Misfire(0, false);

        /** Each runs. */
        public static final Misfire ALL = new Misfire(null, false);

        /** The oldest {@code n} run, 1 to 1000. */
        public static Misfire upTo(int n) {
            return new Misfire(n, false);
        }
    }

    /** An expression in UTC, with every default. */
    public static Cron of(String expression) {
        return new Cron(expression, null, null, null, null, null, null, null);
    }

    /** The same in the local time of a zone. */
    public Cron in(String zone) {
        return new Cron(expression, zone, maxOccurrences, dstGap, dstOverlap, misfire, misfireAfter, overlap);
    }

    /** The same with an end. */
    public Cron atMost(int occurrences) {
        return new Cron(expression, timeZone, occurrences, dstGap, dstOverlap, misfire, misfireAfter, overlap);
    }

    /** The same with other rules for the days on which the clocks change. */
    public Cron onClockChange(Gap gap, TwiceGiven twice) {
        return new Cron(expression, timeZone, maxOccurrences, gap, twice, misfire, misfireAfter, overlap);
    }

    /** The same with another rule for missed instants. */
    public Cron misfire(Misfire value) {
        return new Cron(expression, timeZone, maxOccurrences, dstGap, dstOverlap, value, misfireAfter, overlap);
    }

    /** The same with another rule for runs that overlap. */
    public Cron overlap(Overlap value) {
        return new Cron(expression, timeZone, maxOccurrences, dstGap, dstOverlap, misfire, misfireAfter, value);
    }
}
