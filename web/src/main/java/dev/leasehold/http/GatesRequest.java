package dev.leasehold.http;

import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.api.Rate;
import dev.leasehold.api.Unique;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what keeps a task's runs from being started. */
final class GatesRequest {

    private GatesRequest() {}

    static Gates of(Members task, Members constraints) {
        BigDecimal expiresAt = task.number("expires_at");
        return new Gates(
                constraints.text("concurrency_key"),
                word(constraints, "concurrency_key_hold_policy", HoldPolicy.values(), HoldPolicy::word),
                constraints.texts("required_capabilities"),
                rate(task),
                expiresAt == null ? null : Seconds.instant(expiresAt),
                unique(task));
    }

    private static @Nullable Rate rate(Members task) {
        if (!task.has("rate")) {
            return null;
        }
        Members rate = task.part("rate", "name", "limit", "period_secs");
        return new Rate(
                rate.required("name", rate.text("name")),
                rate.required("limit", rate.integer("limit")),
                rate.required("period_secs", duration(rate)));
    }

    private static @Nullable Unique unique(Members task) {
        if (!task.has("unique")) {
            return null;
        }
        Members unique = task.part("unique", "key", "until", "period_secs", "on_conflict");
        Unique.OnConflict conflict = word(unique, "on_conflict", Unique.OnConflict.values(), GatesRequest::lower);
        return new Unique(
                unique.required("key", unique.text("key")),
                unique.required("until", word(unique, "until", Unique.Until.values(), GatesRequest::lower)),
                duration(unique),
                conflict == null ? Unique.OnConflict.EXISTING : conflict);
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Duration duration(Members members) {
        BigDecimal seconds = members.number("period_secs");
        return seconds == null ? null : Seconds.duration(seconds);
    }

    private static <T> @Nullable T word(Members members, String name, T[] values, Function<T, String> word) {
        String text = members.text(name);
        if (text == null) {
            return null;
        }
        return Arrays.stream(values)
                .filter(value -> word.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() -> members.refuse(
                        name,
                        "must be one of " + Arrays.stream(values).map(word).collect(Collectors.joining(", "))));
    }
}
