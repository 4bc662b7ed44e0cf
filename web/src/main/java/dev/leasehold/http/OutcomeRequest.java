package dev.leasehold.http;

import dev.leasehold.api.Outcome;
import dev.leasehold.api.Outcome.Kind;
import dev.leasehold.api.Payload;
import dev.leasehold.fault.NotSupportedYet;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads how an attempt ended, as its worker reports it. */
final class OutcomeRequest {

    private static final Pattern CONTENT_TYPE = Pattern.compile("[\\x20-\\x7E]{1,255}");
    private static final String RETRY = "retry_in_secs";
    private static final String RESUME = "resume_in_secs";
    private static final String KINDS =
            Arrays.stream(Kind.values()).map(OutcomeRequest::word).collect(Collectors.joining(", "));

    private OutcomeRequest() {}

    /**
     * Reads the member {@code outcome}. What is not of the right shape is refused as the members say.
     *
     * @param largestOutput how many bytes its output may have
     * @throws IllegalArgumentException with the rule's text when it breaks one of AQ 3.4, or is out of bounds
     */
    static Outcome of(Members attempt, int largestOutput) {
        attempt.required("outcome", attempt.has("outcome") ? attempt : null);
        Members outcome = attempt.part("outcome", "result", "error", "output", RETRY, RESUME, "consumption", "wait");
        if (!outcome.parts("consumption", "dimension", "amount").isEmpty()) {
            throw new NotSupportedYet(outcome.path("consumption"));
        }
        Kind kind = kind(outcome);
        String error = outcome.text("error");
        Payload output = PayloadRequest.of(outcome, "output");
        Duration retry = delay(outcome, RETRY);
        Duration resume = delay(outcome, RESUME);
        delayFault(kind, retry, resume)
                .or(() -> outputFault(output, largestOutput))
                .ifPresent(rule -> {
                    throw new IllegalArgumentException(rule);
                });
        return new Outcome(kind, error, output, retry == null ? resume : retry, WaitRequest.suspension(outcome));
    }

    private static Kind kind(Members outcome) {
        String word = outcome.required("result", outcome.text("result"));
        return Arrays.stream(Kind.values())
                .filter(kind -> word(kind).equals(word))
                .findFirst()
                .orElseThrow(() -> outcome.refuse("result", "must be one of " + KINDS));
    }

    private static @Nullable Duration delay(Members outcome, String name) {
        BigDecimal seconds = outcome.number(name);
        return seconds == null ? null : Seconds.duration(seconds);
    }

    private static Optional<String> delayFault(Kind kind, @Nullable Duration retry, @Nullable Duration resume) {
        if (retry != null && kind != Kind.RETRYABLE_FAILURE) {
            return Optional.of(kind.result() + " outcome cannot carry " + RETRY);
        }
        return resume != null && kind != Kind.SUSPENDED
                ? Optional.of(kind.result() + " outcome cannot carry " + RESUME)
                : Optional.empty();
    }

    private static Optional<String> outputFault(@Nullable Payload output, int largest) {
        if (output == null) {
            return Optional.empty();
        }
        if (output.size() > largest) {
            return Optional.of("the output has " + output.size() + " bytes; at most " + largest + " are allowed");
        }
        String contentType = output.contentType();
        return contentType == null || CONTENT_TYPE.matcher(contentType).matches()
                ? Optional.empty()
                : Optional.of("the output's content_type must be 1 to 255 printable ASCII characters");
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
