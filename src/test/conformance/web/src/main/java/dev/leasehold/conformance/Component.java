package dev.leasehold.conformance;

import dev.leasehold.timer.Duty;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a tick may be asked for, in the order of one pass of all. One that the product does not have yet does nothing. */
enum Component {
    SCHEDULES,
    DERIVE,
    RENEW,
    EXPIRE,
    TIMEOUT,
    WAITS,
    OUTBOX,
    DEAD_LETTERS,
    COMPENSATIONS,
    PROMOTE,
    DISPATCH,
    RETENTION,
    REGISTRY;

    /** The product's duties of that name, none if it has none. */
    List<Duty> duties() {
        return switch (this) {
            case DERIVE -> List.of(Duty.DERIVE);
            case RENEW -> List.of(Duty.HEARTBEAT, Duty.REMEMBER);
            case EXPIRE, TIMEOUT -> List.of(Duty.EXPIRE);
            case DEAD_LETTERS -> List.of(Duty.DEAD_LETTERS);
            case PROMOTE -> List.of(Duty.PROMOTE);
            case WAITS -> List.of(Duty.WAITS);
            case REGISTRY -> List.of(Duty.RECONCILE);
            case RETENTION -> List.of(Duty.RETENTION, Duty.REMOVE);
            default -> List.of();
        };
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
