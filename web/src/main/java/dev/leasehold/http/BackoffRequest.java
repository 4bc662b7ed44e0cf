package dev.leasehold.http;

import dev.leasehold.api.Backoff;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads how long a run waits between attempts; what is left out is the node's. */
final class BackoffRequest {

    private static final String STRATEGIES =
            Arrays.stream(Backoff.Strategy.values()).map(BackoffRequest::word).collect(Collectors.joining(", "));

    private BackoffRequest() {}

    static @Nullable Backoff of(Members constraints, Backoff usual) {
        if (!constraints.has("backoff")) {
            return null;
        }
        Members backoff = constraints.part("backoff", "strategy", "delay_secs", "factor", "max_delay_secs", "jitter");
        Duration delay = duration(backoff, "delay_secs", usual.delay());
        Duration usualMost = usual.maxDelay();
        return new Backoff(
                strategy(backoff, usual.strategy()),
                delay,
                number(backoff, "factor", usual.factor()),
                duration(backoff, "max_delay_secs", delay.compareTo(usualMost) > 0 ? delay : usualMost),
                number(backoff, "jitter", usual.jitter()));
    }

    /** The strategy's name in JSON. */
    static String word(Backoff.Strategy strategy) {
        return strategy.name().toLowerCase(Locale.ROOT);
    }

    private static Backoff.Strategy strategy(Members backoff, Backoff.Strategy usual) {
        String word = backoff.text("strategy");
        return word == null
                ? usual
                : Arrays.stream(Backoff.Strategy.values())
                        .filter(one -> word(one).equals(word))
                        .findFirst()
                        .orElseThrow(() -> backoff.refuse("strategy", "must be one of " + STRATEGIES));
    }

    private static Duration duration(Members backoff, String name, Duration usual) {
        BigDecimal seconds = backoff.number(name);
        return seconds == null ? usual : Seconds.duration(seconds);
    }

    private static double number(Members backoff, String name, double usual) {
        BigDecimal number = backoff.number(name);
        return number == null ? usual : number.doubleValue();
    }
}
