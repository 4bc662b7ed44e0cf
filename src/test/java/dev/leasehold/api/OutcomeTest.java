package dev.leasehold.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Outcome.Kind;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomeTest {

    private static final Set<Kind> FAILED = Set.of(Kind.RETRYABLE_FAILURE, Kind.TERMINAL_FAILURE, Kind.TIMEOUT);
    private static final Set<Kind> DELAYED = Set.of(Kind.RETRYABLE_FAILURE, Kind.SUSPENDED);
    private static final Payload OUTPUT = Payload.text("x");
    private static final Payload EMPTY = Payload.of("text/plain", Payload.Form.TEXT, new byte[0]);

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anErrorIsThereExactlyWithAFailure(Kind kind) {
        if (FAILED.contains(kind)) {
            assertThat(valid(kind).error()).isEqualTo("because");
            refused(kind, null, null, null, kind.result() + " outcome must have an error detail");
        } else {
            assertThat(valid(kind).error()).isNull();
            refused(kind, "oops", null, null, kind.result() + " outcome must not have an error detail, got: oops");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anOutputIsForbiddenWithAFailure(Kind kind) {
        if (FAILED.contains(kind)) {
            refused(
                    kind,
                    "because",
                    OUTPUT,
                    null,
                    "non-success outcome " + kind.result() + " cannot carry output bytes");
        } else {
            assertThat(new Outcome(kind, null, OUTPUT, null).output()).isEqualTo(OUTPUT);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void emptyOutputCountsAsNone(Kind kind) {
        assertThat(new Outcome(kind, valid(kind).error(), EMPTY, null).output()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aDelayGoesWithARetryAndWithASuspensionOnly(Kind kind) {
        String error = valid(kind).error();
        if (DELAYED.contains(kind)) {
            assertThat(new Outcome(kind, error, null, Duration.ZERO).after()).isZero();
            assertThat(new Outcome(kind, error, null, Duration.ofDays(1)).after())
                    .isEqualTo(Duration.ofDays(1));
            String allowed = "delay must be between 0 and 86400 seconds, got: ";
            refused(kind, error, null, Duration.ofNanos(-1), allowed + Duration.ofNanos(-1));
            refused(kind, error, null, Duration.ofDays(1).plusNanos(1), allowed + "PT24H0.000000001S");
        } else {
            refused(kind, error, null, Duration.ZERO, kind.result() + " outcome cannot carry a delay");
        }
    }

    @Test
    void bothFailuresReadTheSameInTheRecord() {
        assertThat(Kind.values())
                .extracting(Kind::result)
                .containsExactly("Success", "Failure", "Failure", "Timeout", "Suspended");
    }

    @Test
    void theShortFormsAreTheLongOnes() {
        Duration delay = Duration.ofSeconds(3);

        assertThat(Outcome.success()).isEqualTo(new Outcome(Kind.SUCCESS, null, null, null));
        assertThat(Outcome.success(OUTPUT)).isEqualTo(new Outcome(Kind.SUCCESS, null, OUTPUT, null));
        assertThat(Outcome.retry("no")).isEqualTo(new Outcome(Kind.RETRYABLE_FAILURE, "no", null, null));
        assertThat(Outcome.retry("no", delay)).isEqualTo(new Outcome(Kind.RETRYABLE_FAILURE, "no", null, delay));
        assertThat(Outcome.fail("no")).isEqualTo(new Outcome(Kind.TERMINAL_FAILURE, "no", null, null));
        assertThat(Outcome.snooze(delay)).isEqualTo(new Outcome(Kind.SUSPENDED, null, null, delay));
    }

    private static Outcome valid(Kind kind) {
        return new Outcome(kind, FAILED.contains(kind) ? "because" : null, null, null);
    }

    private static void refused(
            Kind kind, @Nullable String error, @Nullable Payload output, @Nullable Duration after, String message) {
        assertThatThrownBy(() -> new Outcome(kind, error, output, after))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
