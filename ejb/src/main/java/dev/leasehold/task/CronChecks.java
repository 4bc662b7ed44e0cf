package dev.leasehold.task;

import dev.leasehold.api.Cron;
import dev.leasehold.schedule.InvalidCron;
import dev.leasehold.schedule.Recurrence;
import java.time.Duration;
import java.time.Instant;

/** The bounds of a cron policy (AQ 1.3, decisions 6). */
public final class CronChecks {

    private static final Duration LONGEST_MISFIRE = Duration.ofDays(1);
    private static final int MOST_MISFIRES = 1000;

    private CronChecks() {}

    /**
     * Refuses what is out of bounds.
     *
     * @throws InvalidTask for the first member that is
     */
    public static void check(Cron cron) {
        recurrence(cron);
        if (cron.maxOccurrences() != null && cron.maxOccurrences() < 1) {
            throw InvalidTask.policy("Cron.max_occurrences", "invalid cron policy: max_occurrences must be at least 1");
        }
        if (cron.misfire() != null && cron.misfire().most() != null) {
            misfire(cron.misfire(), cron.misfire().most());
        }
        if (cron.misfireAfter() != null) {
            misfireAfter(cron.misfireAfter());
        }
    }

    private static void misfire(Cron.Misfire misfire, int most) {
        if (!misfire.equals(Cron.Misfire.SKIP) && (most < 1 || most > MOST_MISFIRES)) {
            throw InvalidTask.policy("Cron.misfire.all", "invalid cron policy: all must be between 1 and 1000");
        }
    }

    private static void misfireAfter(Duration after) {
        if (after.isNegative() || after.compareTo(LONGEST_MISFIRE) > 0) {
            throw InvalidTask.policy(
                    "Cron.misfire_after_secs",
                    "invalid cron policy: misfire_after_secs must be between 0 and " + LONGEST_MISFIRE.toSeconds());
        }
    }

    /**
     * The first instant of a policy.
     *
     * @param origin the earliest that it may be
     * @throws InvalidTask when there is none, or none that is near enough
     */
    static Instant first(Cron cron, Instant origin, Instant now) {
        try {
            return recurrence(cron).first(origin, now);
        } catch (InvalidCron e) {
            throw InvalidTask.policy("Cron." + e.field(), e.reason());
        }
    }

    private static Recurrence recurrence(Cron cron) {
        try {
            return Recurrence.of(cron);
        } catch (InvalidCron e) {
            throw InvalidTask.policy("Cron." + e.field(), e.reason());
        }
    }
}
