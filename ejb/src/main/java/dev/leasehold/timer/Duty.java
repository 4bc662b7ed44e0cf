package dev.leasehold.timer;

import java.time.Duration;

/** What a timer is for. */
public enum Duty {
    /** Tries once more to start. */
    START,
    /** Stores how far attempts say they are; by {@link #DERIVE}'s timer. */
    PROGRESS,
    /** Makes due runs ready. */
    PROMOTE,
    /** Does what is due of waits; by {@link #PROMOTE}'s timer. */
    WAITS,
    /** Derives runs of tasks that recur. */
    DERIVE,
    /** Retries dead letters, and goes on with causes whose runs are done again; by {@link #DERIVE}'s timer. */
    DEAD_LETTERS,
    /** Looks for ready runs when nothing rang, and at what this node knows without asking. */
    POLL,
    /** Acts on leases that nobody keeps. */
    EXPIRE,
    /** Says that this node lives, and hears which of its leases are gone. */
    HEARTBEAT,
    /** Looks for leases of this node that it does not know of. */
    REMEMBER,
    /** Compares what this node carries out with its leases; by {@link #REMEMBER}'s timer. */
    RECONCILE,
    /** Removes what nobody needs any more. */
    RETENTION,
    /** Removes runs that ended long ago; by {@link #FOLD}'s timer. */
    REMOVE,
    /** Sums up what is counted. */
    FOLD,
    /** Has the database look at tables that outgrew what it knows of them. */
    ANALYZE,
    /** Has the database clear away what claims leave behind, and counts what it could not; by {@link #ANALYZE}'s timer. */
    VACUUM,
    /** Measures the database's clock. */
    CLOCK;

    static final Duration ANALYZE_EVERY = Duration.ofSeconds(1);
    static final Duration CLOCK_EVERY = Duration.ofSeconds(30);
    static final Duration FOLD_EVERY = Duration.ofSeconds(5);
    static final Duration RETENTION_EVERY = Duration.ofSeconds(60);
}
