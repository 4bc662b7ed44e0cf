package dev.leasehold.api;

import java.util.Locale;

/** What a run waits for. */
public enum WaitKind {
    /** An instant. */
    TIMER,
    /** A signal of a name, sent to the run: the k-th wait for a name takes the k-th signal of that name. */
    SIGNAL,
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
