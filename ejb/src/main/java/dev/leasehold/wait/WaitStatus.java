package dev.leasehold.wait;

import java.util.Locale;

/** How far a wait is. */
public enum WaitStatus {
    /** It goes on. */
    WAITING,
    /** It is over, and its run may go on. */
    WOKEN,
    /** It took too long; its run stays where it is. */
    TIMED_OUT,
    /** It took too long, and concerns somebody else now; its run stays where it is. */
    ESCALATED,
    /** It is over without what was waited for. */
    CANCELLED;

    /** The word under which it is stored and shown. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of that word. */
    static WaitStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
