package dev.leasehold.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Backoff;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Outcome.Kind;
import dev.leasehold.run.Transition;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {

    private static final Instant NOW = Instant.ofEpochSecond(1000);
    private static final Duration DELAY = Duration.ofSeconds(7);
    private static final Backoff BACKOFF =
            new Backoff(Backoff.Strategy.LINEAR, Duration.ofSeconds(10), 1, Duration.ofHours(1), 0.5);

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyAttemptUpToEveryCapIsJudgedByItsKind(Kind kind) {
        for (int cap = 1; cap <= 6; cap++) {
            for (int attempt = 1; attempt <= cap; attempt++) {
                assertThat(judge(cap, attempt, outcome(kind, null)))
                        .as("%s in attempt %s of %s", kind, attempt, cap)
                        .isEqualTo(expected(kind, attempt, cap));
            }
        }
    }

    private static Verdict expected(Kind kind, int attempt, int cap) {
        return switch (kind) {
            case SUCCESS -> new Verdict(Transition.COMPLETE, null);
            case TERMINAL_FAILURE -> new Verdict(Transition.FAIL, null);
            case SUSPENDED -> new Verdict(Transition.SUSPEND, null);
            case RETRYABLE_FAILURE, TIMEOUT ->
                attempt < cap
                        ? new Verdict(Transition.RETRY, NOW.plusSeconds(10L * attempt))
                        : new Verdict(Transition.FAIL, null);
        };
    }

    @Test
    void aRetrysOwnDelayOverridesTheBackoffButNotTheCap() {
        Outcome retry = outcome(Kind.RETRYABLE_FAILURE, DELAY);

        assertThat(judge(3, 2, retry)).isEqualTo(new Verdict(Transition.RETRY, NOW.plus(DELAY)));
        assertThat(judge(3, 3, retry)).isEqualTo(new Verdict(Transition.FAIL, null));
        assertThat(judge(3, 1, outcome(Kind.RETRYABLE_FAILURE, Duration.ZERO)))
                .isEqualTo(new Verdict(Transition.RETRY, NOW));
    }

    @Test
    void aSnoozeIsDueAfterItsDelay() {
        assertThat(judge(1, 1, outcome(Kind.SUSPENDED, DELAY)))
                .isEqualTo(new Verdict(Transition.SUSPEND, NOW.plus(DELAY)));
    }

    @Test
    void chanceDecidesWithinTheJitter() {
        RetryPolicy policy = new RetryPolicy(5, BACKOFF);
        Outcome retry = outcome(Kind.TIMEOUT, null);

        assertThat(Verdict.of(policy, 2, retry, NOW, 0).dueAt()).isEqualTo(NOW.plusSeconds(10));
        assertThat(Verdict.of(policy, 2, retry, NOW, 0.75).dueAt()).isEqualTo(NOW.plusSeconds(25));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anImpossibleAttemptNumberIsRefusedUnlessTheAttemptWasSuspended(Kind kind) {
        for (int attempt : new int[] {Integer.MIN_VALUE, -1, 0}) {
            refused(kind, attempt, "invalid attempt_number value (" + attempt + "); expected >= 1");
        }
        for (int attempt : new int[] {4, 5, Integer.MAX_VALUE}) {
            refused(kind, attempt, "attempt_number (" + attempt + ") exceeds max_attempts (3)");
        }
    }

    private static void refused(Kind kind, int attempt, String message) {
        if (kind == Kind.SUSPENDED) {
            assertThat(judge(3, attempt, outcome(kind, null)).transition()).isEqualTo(Transition.SUSPEND);
            return;
        }
        assertThatThrownBy(() -> judge(3, attempt, outcome(kind, null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aCapBelowOneIsRefused() {
        for (int cap : new int[] {Integer.MIN_VALUE, -1, 0}) {
            assertThatThrownBy(() -> new RetryPolicy(cap, BACKOFF))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("invalid max_attempts value (" + cap + "); expected >= 1");
        }
        assertThat(new RetryPolicy(1, BACKOFF).maxAttempts()).isEqualTo(1);
    }

    private static Verdict judge(int cap, int attempt, Outcome outcome) {
        return Verdict.of(new RetryPolicy(cap, BACKOFF), attempt, outcome, NOW, 0.5);
    }

    private static Outcome outcome(Kind kind, @Nullable Duration after) {
        boolean failed = kind != Kind.SUCCESS && kind != Kind.SUSPENDED;
        return new Outcome(kind, failed ? "because" : null, null, after);
    }
}
