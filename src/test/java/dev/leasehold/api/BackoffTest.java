package dev.leasehold.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Backoff.Strategy;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackoffTest {

    private static final double[] CHANCES = {0, 0.25, 0.5, 0.75, Math.nextDown(1.0)};
    private static final int[] ATTEMPTS = {1, 2, 3, 30, 1000, 1_000_000, Integer.MAX_VALUE};

    @Test
    void aFixedDelayIsAlwaysTheSame() {
        assertThat(waits(Strategy.FIXED, 3)).containsExactly(5_000, 5_000, 5_000, 5_000, 5_000);
    }

    @Test
    void aLinearDelayGrowsByItself() {
        assertThat(waits(Strategy.LINEAR, 3)).containsExactly(5_000, 10_000, 15_000, 20_000, 25_000);
    }

    @Test
    void anExponentialDelayIsMultipliedUpToTheLongest() {
        assertThat(waits(Strategy.EXPONENTIAL, 3)).containsExactly(5_000, 15_000, 45_000, 60_000, 60_000);
        assertThat(waits(Strategy.EXPONENTIAL, 1)).containsExactly(5_000, 5_000, 5_000, 5_000, 5_000);
    }

    private static long[] waits(Strategy strategy, double factor) {
        Backoff backoff = new Backoff(strategy, Duration.ofSeconds(5), factor, Duration.ofMinutes(1), 0);
        return IntStream.rangeClosed(1, 5)
                .mapToLong(attempt -> backoff.after(attempt, 0.9).toMillis())
                .toArray();
    }

    @Test
    void theDefaultDoublesFromFiveSecondsToAnHour() {
        assertThat(IntStream.rangeClosed(1, 11)
                        .mapToLong(
                                attempt -> Backoff.DEFAULT.after(attempt, 0.5).toSeconds()))
                .containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 320L, 640L, 1280L, 2560L, 3600L);
        assertThat(Backoff.DEFAULT.jitter()).isEqualTo(0.1);
    }

    @Test
    void jitterShortensAndLengthensByItsShare() {
        Backoff backoff = new Backoff(Strategy.FIXED, Duration.ofSeconds(100), 1, Duration.ofHours(1), 0.1);

        assertThat(backoff.after(1, 0)).isEqualTo(Duration.ofSeconds(90));
        assertThat(backoff.after(1, 0.25)).isEqualTo(Duration.ofSeconds(95));
        assertThat(backoff.after(1, 0.5)).isEqualTo(Duration.ofSeconds(100));
        assertThat(backoff.after(1, 0.75)).isEqualTo(Duration.ofSeconds(105));
        assertThat(backoff.after(1, Math.nextDown(1.0))).isBetween(Duration.ofMillis(109_999), Duration.ofSeconds(110));
    }

    @Test
    void fullJitterReachesFromNothingToTheDouble() {
        Backoff backoff = new Backoff(Strategy.FIXED, Duration.ofSeconds(100), 1, Duration.ofHours(1), 1);

        assertThat(backoff.after(1, 0)).isZero();
        assertThat(backoff.after(1, Math.nextDown(1.0))).isBetween(Duration.ofMillis(199_999), Duration.ofSeconds(200));
    }

    @Test
    void theLongestDelayHoldsUnderJitterToo() {
        Backoff backoff = new Backoff(Strategy.FIXED, Duration.ofSeconds(60), 1, Duration.ofSeconds(60), 0.5);

        assertThat(backoff.after(1, 0.9)).isEqualTo(Duration.ofSeconds(60));
        assertThat(backoff.after(1, 0)).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void noNumberOfAttemptsLeavesTheBounds(Strategy strategy) {
        for (Duration delay :
                new Duration[] {Duration.ZERO, Duration.ofNanos(1000), Duration.ofHours(1), Backoff.LONGEST}) {
            for (double jitter : new double[] {0, 0.1, 1}) {
                Backoff backoff = new Backoff(strategy, delay, 100, Backoff.LONGEST, jitter);
                for (int attempt : ATTEMPTS) {
                    for (double chance : CHANCES) {
                        assertThat(backoff.after(attempt, chance))
                                .as("%s after attempt %s, chance %s", backoff, attempt, chance)
                                .isBetween(Duration.ZERO, Backoff.LONGEST);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void hugeNumbersOfAttemptsWaitTheLongestUnlessTheDelayIsNothing(Strategy strategy) {
        Backoff some = new Backoff(strategy, Backoff.LONGEST, 100, Backoff.LONGEST, 0);
        Backoff none = new Backoff(strategy, Duration.ZERO, 100, Backoff.LONGEST, 0);

        assertThat(some.after(Integer.MAX_VALUE, 0.5)).isEqualTo(Backoff.LONGEST);
        assertThat(none.after(Integer.MAX_VALUE, 0.5)).isZero();
    }

    @Test
    void theWaitHasWholeMicroseconds() {
        Backoff backoff = new Backoff(Strategy.LINEAR, Duration.ofNanos(1_999), 1, Duration.ofHours(1), 0);

        assertThat(backoff.after(1, 0.5)).isEqualTo(Duration.ofNanos(1_000));
        assertThat(backoff.after(2, 0.5)).isEqualTo(Duration.ofNanos(3_000));
    }
}
