package dev.leasehold.doctor;

import java.util.Locale;

/** How bad it is; from good to bad. */
public enum Severity {
    /** As it should be. */
    OK,
    /** It costs speed, or will cost more if it stays. */
    WARNING,
    /** Results may be lost, or the queue stands still or soon will. */
    CRITICAL;

    /** Its word in answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that fits: critical from the second bound on, a warning from the first. */
    static Severity of(long value, long warning, long critical) {
        if (value >= critical) {
            return CRITICAL;
        }
        return value >= warning ? WARNING : OK;
    }

    Severity or(Severity other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
