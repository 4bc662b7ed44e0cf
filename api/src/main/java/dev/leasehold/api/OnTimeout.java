package dev.leasehold.api;

import java.util.Locale;

/** What happens to a wait that takes too long. */
public enum OnTimeout {
    /** Its run is called off. */
    CANCEL,
    /** Its run is paused until somebody decides. */
    ESCALATE,
    /** Somebody is reminded, and it goes on; without an interval it is as if escalated, to nobody. */
    REMIND,
    /** Its run goes on without it. */
    RESUME;

    /** The word under which it is stored and shown. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The action of that word.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static OnTimeout of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
