package dev.leasehold.doctor;

import java.time.Duration;

/** The database's clock, this machine's, and the correction between them (decisions 3). */
final class Clocks {

    /** Up to this a change is slewed; more has to be measured three times before it counts. */
    static final Duration SLEWED = Duration.ofSeconds(1);

    /** For this long time may stand still before the node takes no part any more. */
    static final Duration STANDS = Duration.ofSeconds(5);

    private Clocks() {}

    /**
     * Judges the clocks.
     *
     * @param ahead how far the database's clock is ahead of this machine's
     * @param uncorrected how much of it is not corrected yet
     * @param behind whether this node waits for the database's clock to catch up
     */
    static Finding judge(Duration ahead, Duration uncorrected, boolean behind) {
        return Finding.of(
                Code.CLOCK,
                severity(ahead, uncorrected, behind),
                "the database's clock is " + Words.seconds(ahead) + " ahead of this machine's, "
                        + Words.seconds(uncorrected) + " of it not corrected"
                        + (behind ? "; time stands still until the database has caught up" : ""),
                new Detail()
                        .put("ahead_secs", ahead)
                        .put("uncorrected_secs", uncorrected)
                        .put("behind", behind),
                "chronyc makestep");
    }

    private static Severity severity(Duration ahead, Duration uncorrected, boolean behind) {
        if (behind || uncorrected.abs().compareTo(STANDS) > 0) {
            return Severity.CRITICAL;
        }
        boolean far = ahead.abs().compareTo(SLEWED) > 0 || uncorrected.abs().compareTo(SLEWED) > 0;
        return far ? Severity.WARNING : Severity.OK;
    }
}
