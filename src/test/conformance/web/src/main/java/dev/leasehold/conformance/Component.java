package dev.leasehold.conformance;

import dev.leasehold.timer.Duty;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a tick may be asked for, in the order of one pass of all. One that the product does not have yet does nothing. */
enum Component {
    SCHEDULES,
    DERIVE(Duty.DERIVE),
    RENEW(Duty.HEARTBEAT),
    EXPIRE(Duty.EXPIRE),
    TIMEOUT(Duty.EXPIRE),
    WAITS,
    OUTBOX,
    DEAD_LETTERS,
    COMPENSATIONS,
    PROMOTE(Duty.PROMOTE),
    DISPATCH,
    RETENTION(Duty.RETENTION),
    REGISTRY;

    private final @Nullable Duty duty;

    Component() {
        this(null);
    }

    Component(@Nullable Duty duty) {
        this.duty = duty;
    }

    /** The product's duty, if it is one of those that a timer does. */
    @Nullable
    Duty duty() {
        return duty;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Component of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Refused.member(
                        "component",
                        "must be one of "
                                + Arrays.stream(values()).map(Component::word).toList()));
    }
}
