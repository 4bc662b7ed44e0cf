package dev.leasehold.task;

import dev.leasehold.api.Backoff;
import dev.leasehold.api.Cron;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Payload;
import dev.leasehold.api.Repeat;
import dev.leasehold.api.RunPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The bounds of http.md 1, tested in the order of AQ 1.2: id, constraints, then the rest. */
final class TaskChecks {

    static final Duration LONGEST_INTERVAL = Duration.ofDays(3660);
    static final Duration LONGEST_REPEAT = Duration.ofDays(10_000_000);
    static final Duration LONGEST_TIMEOUT = Duration.ofDays(30);
    private static final UUID NIL = new UUID(0, 0);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final Pattern CONTENT_TYPE = Pattern.compile("[\\x20-\\x7E]{1,255}");
    private static final Set<String> SAFETY_LEVELS = Set.of("Pure", "Idempotent", "Transactional");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private TaskChecks() {}

    static void check(NewTask task, int largestPayload) {
        if (NIL.equals(task.id())) {
            throw InvalidTask.id("invalid task identifier for task admission: " + NIL);
        }
        constraints(task);
        name("type", task.type());
        if (task.queue() != null) {
            name("queue", task.queue());
        }
        payload(task.payload(), largestPayload);
        instant("scheduled_at", task.scheduledAt());
        GateChecks.others(task.gates());
        policy(task.policy());
        tags(task.tags());
        if (task.description() != null) {
            text("metadata.description", task.description(), 0, 4096);
        }
    }

    private static void constraints(NewTask task) {
        Integer attempts = task.maxAttempts();
        if (attempts != null && attempts < 1) {
            throw InvalidTask.constraint("max_attempts", "invalid max_attempts value: " + attempts + " (must be >= 1)");
        }
        if (task.timeout() != null) {
            timeout(task.timeout());
        }
        GateChecks.constraints(task.gates());
        if (task.safety() != null && !SAFETY_LEVELS.contains(task.safety())) {
            throw InvalidTask.constraint("safety_level", "must be one of Pure, Idempotent, Transactional");
        }
        if (task.backoff() != null) {
            backoff(task.backoff());
        }
    }

    private static void timeout(Duration timeout) {
        if (timeout.truncatedTo(ChronoUnit.MICROS).isZero()) {
            throw InvalidTask.constraint("timeout_secs", "timeout_secs must not be zero");
        }
        if (timeout.isNegative() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw InvalidTask.constraint(
                    "timeout_secs", "timeout_secs must be more than 0 and at most " + LONGEST_TIMEOUT.toSeconds());
        }
    }

    private static void backoff(Backoff backoff) {
        duration("backoff.delay_secs", backoff.delay());
        duration("backoff.max_delay_secs", backoff.maxDelay());
        if (backoff.delay().compareTo(backoff.maxDelay()) > 0) {
            throw InvalidTask.constraint("backoff.max_delay_secs", "must not be less than delay_secs");
        }
        if (!(backoff.factor() >= 1 && backoff.factor() <= 100)) {
            throw InvalidTask.constraint("backoff.factor", "must be between 1 and 100");
        }
        if (!(backoff.jitter() >= 0 && backoff.jitter() <= 1)) {
            throw InvalidTask.constraint("backoff.jitter", "must be between 0 and 1");
        }
    }

    private static void duration(String field, Duration value) {
        if (value.isNegative() || value.compareTo(Backoff.LONGEST) > 0) {
            throw InvalidTask.constraint(field, "must be between 0 and " + Backoff.LONGEST.toSeconds());
        }
    }

    private static void name(String field, @Nullable String value) {
        if (value == null || !NAME.matcher(value).matches()) {
            throw InvalidTask.member(field, "must be 1 to 128 of letters, digits and . _ - :");
        }
    }

    private static void payload(@Nullable Payload payload, int largest) {
        if (payload == null) {
            return;
        }
        if (payload.size() > largest) {
            throw new PayloadTooLarge(payload.size(), largest);
        }
        String contentType = payload.contentType();
        if (contentType != null && !CONTENT_TYPE.matcher(contentType).matches()) {
            throw InvalidTask.member("payload.content_type", "must be 1 to 255 printable ASCII characters");
        }
    }

    static void instant(String field, @Nullable Instant instant) {
        if (instant != null && (instant.isBefore(Instant.EPOCH) || instant.isAfter(LAST))) {
            throw InvalidTask.member(field, "must be between 0 and " + LAST.getEpochSecond());
        }
    }

    private static void policy(@Nullable RunPolicy policy) {
        if (policy instanceof Repeat repeat) {
            repeat(repeat);
        } else if (policy instanceof Cron cron) {
            CronChecks.check(cron);
        }
    }

    private static void repeat(Repeat repeat) {
        if (repeat.count() < 1) {
            throw InvalidTask.policy("Repeat.count", "invalid repeat count: " + repeat.count() + " (must be >= 1)");
        }
        if (repeat.interval().compareTo(Duration.ofSeconds(1)) < 0) {
            throw InvalidTask.policy(
                    "Repeat.interval_secs",
                    "invalid repeat interval_secs: " + TaskSpec.seconds(repeat.interval()) + " (must be >= 1)");
        }
        if (repeat.interval().compareTo(LONGEST_INTERVAL) > 0) {
            throw InvalidTask.policy(
                    "Repeat.interval_secs", "interval_secs must not exceed " + LONGEST_INTERVAL.toSeconds());
        }
        if (repeat.interval().multipliedBy(repeat.count()).compareTo(LONGEST_REPEAT) > 0) {
            throw InvalidTask.policy(
                    "Repeat.count", "count times interval_secs must not exceed " + LONGEST_REPEAT.toSeconds());
        }
    }

    /** The last instant of a repetition can be kept, too. */
    static void reach(@Nullable Repeat repeat, Instant first) {
        if (repeat != null
                && first.plus(repeat.interval().multipliedBy(repeat.count() - 1L))
                        .isAfter(LAST)) {
            throw InvalidTask.policy(
                    "Repeat.interval_secs", "the last run must not be planned after " + LAST.getEpochSecond());
        }
    }

    private static void tags(@Nullable List<String> tags) {
        if (tags == null) {
            return;
        }
        if (tags.size() > 100) {
            throw InvalidTask.member("metadata.tags", "must have at most 100 entries");
        }
        for (int i = 0; i < tags.size(); i++) {
            text("metadata.tags[" + i + "]", tags.get(i), 1, 128);
        }
    }

    private static void text(String field, @Nullable String value, int shortest, int longest) {
        if (value == null || value.length() < shortest || value.length() > longest) {
            throw InvalidTask.member(field, "must have " + shortest + " to " + longest + " characters");
        }
        if (value.codePoints()
                .anyMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))) {
            throw InvalidTask.member(field, "must not contain U+0000 or a lone surrogate");
        }
    }
}
