package dev.leasehold.metric;

import java.util.Locale;

/** The commands whose duration is measured: those that carry the load. */
public enum Command {
    /** Tasks are submitted. */
    SUBMIT,
    /** Due runs are made ready. */
    PROMOTE,
    /** Runs are leased. */
    CLAIM,
    /** Attempts of leased runs are started. */
    START,
    /** Attempts are ended by their workers. */
    FINISH,
    /** Leases are ended that nobody keeps. */
    EXPIRE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
