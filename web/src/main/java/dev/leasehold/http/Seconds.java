package dev.leasehold.http;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Instants and durations as JSON has them: numbers of seconds, decimals allowed (decisions 3). What is written is whole
 * where it can be and has no exponent; what is read is cut to microseconds.
 */
final class Seconds {

    /** Beyond every bound that a task has, within every bound that java.time has. */
    private static final BigDecimal FAR = BigDecimal.valueOf(1_000_000_000_000L);

    private static final int MICROS = 6;

    private Seconds() {}

    /** Cut to milliseconds. */
    static BigDecimal of(Instant instant) {
        return plain(BigDecimal.valueOf(instant.toEpochMilli(), 3));
    }

    /** To the microsecond. */
    static BigDecimal of(Duration duration) {
        return plain(
                BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano() / 1000, MICROS)));
    }

    /** The number without trailing zeros and without an exponent. */
    static BigDecimal plain(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    /** Values beyond a million million seconds are brought down to it: whoever bounds them refuses them there. */
    static Instant instant(BigDecimal seconds) {
        return Instant.EPOCH.plus(micros(seconds), ChronoUnit.MICROS);
    }

    /** Values beyond a million million seconds are brought down to it: whoever bounds them refuses them there. */
    static Duration duration(BigDecimal seconds) {
        return Duration.of(micros(seconds), ChronoUnit.MICROS);
    }

    private static long micros(BigDecimal seconds) {
        return seconds.min(FAR).max(FAR.negate()).movePointRight(MICROS).longValue();
    }
}
