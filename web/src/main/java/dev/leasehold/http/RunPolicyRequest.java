package dev.leasehold.http;

import dev.leasehold.api.Cron;
import dev.leasehold.api.Repeat;
import dev.leasehold.api.RunPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads when a task runs. Bounds are left to the queue. */
final class RunPolicyRequest {

    static final String POLICY = "run_policy";
    private static final String REPEAT = "Repeat";
    private static final String CRON = "Cron";
    private static final String MISFIRE = "misfire";
    private static final String[] MEMBERS = {
        "expression", "time_zone", "max_occurrences", "dst_gap", "dst_overlap", MISFIRE, "misfire_after_secs", "overlap"
    };

    private RunPolicyRequest() {}

    /** The policy; null for one run. */
    static @Nullable RunPolicy of(Members task) {
        if (!task.has(POLICY) || task.is(POLICY, "Once")) {
            return null;
        }
        if (task.isObject(POLICY)) {
            Members policy = task.part(POLICY, REPEAT, CRON);
            if (policy.has(REPEAT) != policy.has(CRON)) {
                return policy.has(REPEAT)
                        ? repeat(policy.part(REPEAT, "count", "interval_secs"))
                        : cron(policy.part(CRON, MEMBERS));
            }
        }
        throw task.refuse(POLICY, "must be \"Once\", {\"Repeat\": …} or {\"Cron\": …}");
    }

    /** A policy that must be one of cron. */
    static Cron cronOf(Members request) {
        if (of(request) instanceof Cron cron) {
            return cron;
        }
        throw request.refuse(POLICY, "must be {\"Cron\": …}");
    }

    private static Repeat repeat(Members repeat) {
        int count = repeat.required("count", repeat.integer("count"));
        BigDecimal interval = repeat.required("interval_secs", repeat.number("interval_secs"));
        return new Repeat(count, Seconds.duration(interval));
    }

    private static Cron cron(Members cron) {
        BigDecimal after = cron.number("misfire_after_secs");
        Duration misfireAfter = after == null ? null : Seconds.duration(after);
        return new Cron(
                cron.required("expression", cron.text("expression")),
                cron.text("time_zone"),
                cron.integer("max_occurrences"),
                word(cron, "dst_gap", Cron.Gap.values()),
                word(cron, "dst_overlap", Cron.TwiceGiven.values()),
                misfire(cron),
                misfireAfter,
                word(cron, "overlap", Cron.Overlap.values()));
    }

    private static Cron.@Nullable Misfire misfire(Members cron) {
        if (cron.isObject(MISFIRE)) {
            Members upTo = cron.part(MISFIRE, "all");
            return Cron.Misfire.upTo(upTo.required("all", upTo.integer("all")));
        }
        if (!cron.has(MISFIRE)) {
            return null;
        }
        if (cron.is(MISFIRE, "once")) {
            return Cron.Misfire.ONCE;
        }
        if (cron.is(MISFIRE, "skip")) {
            return Cron.Misfire.SKIP;
        }
        if (cron.is(MISFIRE, "all")) {
            return Cron.Misfire.ALL;
        }
        throw cron.refuse(MISFIRE, "must be one of once, skip, all, {\"all\": n}");
    }

    private static <E extends Enum<E>> @Nullable E word(Members members, String name, E[] values) {
        String text = members.text(name);
        if (text == null) {
            return null;
        }
        return Arrays.stream(values)
                .filter(value -> lower(value).equals(text))
                .findFirst()
                .orElseThrow(() -> members.refuse(
                        name,
                        "must be one of "
                                + Arrays.stream(values)
                                        .map(RunPolicyRequest::lower)
                                        .collect(Collectors.joining(", "))));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
