package dev.leasehold.wait;

import java.util.Locale;

/** What a run waits for. */
public enum WaitKind {
    /** An instant. */
    TIMER,
    /** Somebody's consent, which may also come after its time. */
    APPROVAL,
    /** A delivery from another system. */
    WEBHOOK,
    /** Anything else that somebody reports. */
    EXTERNAL;

    /** The word under which it is stored and shown. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
