package dev.leasehold.request;

import dev.leasehold.api.Outcome;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the header Retry-After: seconds, or a date in one of the three forms of RFC 9110 5.6.7. */
final class RetryAfter {

    private static final int LONGEST_SECONDS = 9;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
            "[EEE, dd MMM yyyy HH:mm:ss 'GMT'][EEEE, dd-MMM-yy HH:mm:ss 'GMT'][EEE MMM ppd HH:mm:ss yyyy]", Locale.US);

    private RetryAfter() {}

    /** How long to wait, 0 to 24 hours; null when the header cannot be read. */
    static @Nullable Duration read(String header, Instant now) {
        String value = header.strip();
        if (value.matches("[0-9]+")) {
            return value.length() > LONGEST_SECONDS
                    ? Outcome.LONGEST_AFTER
                    : bounded(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant then = LocalDateTime.parse(value, DATE).toInstant(ZoneOffset.UTC);
            return bounded(Duration.between(now, then));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(Outcome.LONGEST_AFTER) > 0 ? Outcome.LONGEST_AFTER : wait;
    }
}
