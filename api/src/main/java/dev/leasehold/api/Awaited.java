package dev.leasehold.api;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to wait for before it goes on (tandem 5.1): an instant, a signal, somebody's consent, a delivery, or anything
 * else that somebody reports. Instants are the database's time, from 1970 to the end of 9999.
 *
 * @param kind what kind of thing
 * @param name the signal's name, 1 to 128 of letters, digits and {@code . _ - :}; only with {@link WaitKind#SIGNAL}, and always
 *     there
 * @param wakeAt when it is over by itself; a timer has one, any other may
 * @param timeout what happens when it takes too long; null when it may take for ever
 */
public record Awaited(
        WaitKind kind,
        @Nullable String name,
        @Nullable Instant wakeAt,
        @Nullable Timeout timeout) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final int LONGEST_ESCALATION = 255;
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(365);
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    /**
     * Checks what goes together.
     *
     * @throws IllegalArgumentException when a name or an instant is missing, out of place or out of bounds
     */
    public Awaited {
        if ((kind == WaitKind.SIGNAL) != (name != null)) {
            throw new IllegalArgumentException("a wait has a name if it is for a signal, and only then");
        }
        if (name != null && !isName(name)) {
            throw new IllegalArgumentException("a signal's name must be 1 to 128 of letters, digits and . _ - :");
        }
        if (kind == WaitKind.TIMER && wakeAt == null) {
            throw new IllegalArgumentException("a timer must have an instant");
        }
        requirePossible(wakeAt);
    }

    /**
     * What happens when it takes too long.
     *
     * @param at when that is
     * @param action what happens
     * @param escalateTo whom it concerns then, 1 to 255 characters, none of them a control
     * @param remindEvery how long until the next reminder, 1 second to 365 days
     */
    public record Timeout(
            Instant at,
            OnTimeout action,
            @Nullable String escalateTo,
            @Nullable Duration remindEvery) {

        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException when one is not kept
         */
        public Timeout {
            requirePossible(at);
            if (escalateTo != null && !isText(escalateTo)) {
                throw new IllegalArgumentException("whom a wait is escalated to must have 1 to " + LONGEST_ESCALATION
                        + " characters, none of them a control");
            }
            if (remindEvery != null
                    && (remindEvery.compareTo(Duration.ofSeconds(1)) < 0
                            || remindEvery.compareTo(LONGEST_INTERVAL) > 0)) {
                throw new IllegalArgumentException("reminders must be 1 second to 365 days apart, got: " + remindEvery);
            }
        }
    }

    /** An instant. */
    public static Awaited timer(Instant wakeAt) {
        return new Awaited(WaitKind.TIMER, null, wakeAt, null);
    }

    /** The next signal of that name. */
    public static Awaited signal(String name) {
        return new Awaited(WaitKind.SIGNAL, name, null, null);
    }

    /** Somebody's consent. */
    public static Awaited approval() {
        return new Awaited(WaitKind.APPROVAL, null, null, null);
    }

    /** A delivery from another system. */
    public static Awaited webhook() {
        return new Awaited(WaitKind.WEBHOOK, null, null, null);
    }

    /** Anything else that somebody reports. */
    public static Awaited external() {
        return new Awaited(WaitKind.EXTERNAL, null, null, null);
    }

    /** The same, but not for ever. */
    public Awaited until(Instant at, OnTimeout action) {
        return until(new Timeout(at, action, null, null));
    }

    /** The same, but not for ever. */
    public Awaited until(Timeout limit) {
        return new Awaited(kind, name, wakeAt, limit);
    }

    /** Whether a signal can have that name. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private static void requirePossible(@Nullable Instant instant) {
        if (instant != null && (instant.isBefore(Instant.EPOCH) || instant.isAfter(LAST))) {
            throw new IllegalArgumentException("an instant must be from 1970 to the end of 9999, got: " + instant);
        }
    }

    private static boolean isText(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_ESCALATION
                && text.codePoints()
                        .noneMatch(one -> Character.isISOControl(one)
                                || (one >= Character.MIN_SURROGATE && one <= Character.MAX_SURROGATE));
    }
}
