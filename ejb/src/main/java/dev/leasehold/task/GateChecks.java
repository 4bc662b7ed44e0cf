package dev.leasehold.task;

import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.api.Rate;
import dev.leasehold.api.Unique;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bounds of what keeps runs from being started. */
final class GateChecks {

    private static final int LONGEST_NAME = 255;
    private static final int MOST_CAPABILITIES = 32;
    private static final int LONGEST_CAPABILITY = 128;
    private static final int HIGHEST_RATE = 100_000;
    private static final Duration LONGEST_RATE = Duration.ofHours(24);
    private static final Duration LONGEST_UNIQUE = Duration.ofDays(3660);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String CAPABILITIES = "required_capabilities";

    private GateChecks() {}

    /** Those that AQ 1.4 has among a task's constraints, in its order. */
    static void constraints(Gates gates) {
        String key = gates.concurrencyKey();
        if (key != null) {
            if (key.isBlank()) {
                throw InvalidTask.constraint("concurrency_key", "concurrency key must not be an empty string");
            }
            if (!fine(key, LONGEST_NAME)) {
                throw InvalidTask.constraint("concurrency_key", name(LONGEST_NAME));
            }
        }
        if (gates.capabilities() != null) {
            capabilities(gates.capabilities());
        }
    }

    private static void capabilities(List<String> all) {
        if (all.isEmpty()) {
            throw InvalidTask.constraint(CAPABILITIES, "required capabilities list must not be empty");
        }
        if (all.contains("")) {
            throw InvalidTask.constraint(CAPABILITIES, "required_capabilities contains an empty string");
        }
        if (all.size() > MOST_CAPABILITIES) {
            throw InvalidTask.constraint(CAPABILITIES, "must have at most " + MOST_CAPABILITIES + " entries");
        }
        for (int i = 0; i < all.size(); i++) {
            if (!fine(all.get(i), LONGEST_CAPABILITY)) {
                throw InvalidTask.constraint(CAPABILITIES + "[" + i + "]", name(LONGEST_CAPABILITY));
            }
        }
    }

    /** The others. */
    static void others(Gates gates) {
        rate(gates.rate());
        unique(gates.unique());
        TaskChecks.instant("expires_at", gates.expiresAt());
    }

    private static void rate(@Nullable Rate rate) {
        if (rate == null) {
            return;
        }
        text("rate.name", rate.name());
        if (rate.limit() < 1 || rate.limit() > HIGHEST_RATE) {
            throw InvalidTask.member("rate.limit", "must be between 1 and " + HIGHEST_RATE);
        }
        period("rate.period_secs", rate.period(), LONGEST_RATE);
    }

    private static void unique(@Nullable Unique unique) {
        if (unique == null) {
            return;
        }
        text("unique.key", unique.key());
        if (unique.period() != null) {
            period("unique.period_secs", unique.period(), LONGEST_UNIQUE);
        }
    }

    private static void period(String field, Duration period, Duration longest) {
        if (period.compareTo(SECOND) < 0 || period.compareTo(longest) > 0) {
            throw InvalidTask.member(field, "must be between 1 and " + longest.toSeconds());
        }
    }

    private static void text(String field, String value) {
        if (!fine(value, LONGEST_NAME)) {
            throw InvalidTask.member(field, name(LONGEST_NAME));
        }
    }

    private static boolean fine(String value, int longest) {
        return !value.isBlank()
                && value.length() <= longest
                && value.codePoints()
                        .noneMatch(c -> Character.isISOControl(c)
                                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    private static String name(int longest) {
        return "must have 1 to " + longest + " characters, not all blank, none of them a control or a lone surrogate";
    }
}
