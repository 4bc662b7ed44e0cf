package dev.leasehold.time;

/**
 * How a measured offset becomes the one in force (decisions 3): up to a second is slewed, more counts only when three
 * measurements in a row agree. All values are microseconds.
 */
public final class ClockCorrection {

    static final long LONGEST_STAND = 5_000_000;

    private static final long SECOND = 1_000_000;
    private static final long AGREEMENT = 250_000;
    private static final int NEEDED = 3;
    private static final int SLEW = 20;

    /** What became of a measurement. */
    public enum Reaction {
        /** The offset moves to it gently, or is there already. */
        SLEWED,
        /** It is too far off to be believed yet: measure again in a second. */
        DOUBTED,
        /** It is in force; time went forward at once. */
        JUMPED_FORWARD,
        /** It is in force; time stands still until the database has caught up. */
        JUMPED_BACKWARD
    }

    private long from;
    private long target;
    private long slewedSince;
    private long jumpedAt;
    private long doubted;
    private int agreeing;

    ClockCorrection(long machine) {
        slewedSince = machine;
        jumpedAt = machine;
    }

    /** The offset in force. */
    long offset(long machine) {
        long allowed = Math.max(0, machine - slewedSince) / SLEW;
        long missing = target - from;
        return Math.abs(missing) <= allowed ? target : from + Long.signum(missing) * allowed;
    }

    void jump(long measured, long machine) {
        from = measured;
        target = measured;
        slewedSince = machine;
        jumpedAt = machine;
        agreeing = 0;
    }

    Reaction propose(long measured, long machine) {
        long current = offset(machine);
        if (Math.abs(measured - current) <= SECOND) {
            from = current;
            target = measured;
            slewedSince = machine;
            agreeing = 0;
            return Reaction.SLEWED;
        }
        agreeing = agreeing > 0 && Math.abs(measured - doubted) <= AGREEMENT ? agreeing + 1 : 1;
        doubted = measured;
        if (agreeing < NEEDED) {
            return Reaction.DOUBTED;
        }
        jump(measured, machine);
        return measured > current ? Reaction.JUMPED_FORWARD : Reaction.JUMPED_BACKWARD;
    }

    long sinceJump(long machine) {
        return machine - jumpedAt;
    }
}
