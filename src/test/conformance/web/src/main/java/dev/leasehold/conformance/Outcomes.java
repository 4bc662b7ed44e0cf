package dev.leasehold.conformance;

import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import java.util.Locale;
import java.util.Map;

/** Reads an outcome by http.md 3's words, or by AQ 3.4's; output is text. */
final class Outcomes {

    private static final Map<String, Outcome.Kind> KINDS = Map.of(
            "success", Outcome.Kind.SUCCESS,
            "failure", Outcome.Kind.RETRYABLE_FAILURE,
            "retryable_failure", Outcome.Kind.RETRYABLE_FAILURE,
            "terminal_failure", Outcome.Kind.TERMINAL_FAILURE,
            "timeout", Outcome.Kind.TIMEOUT,
            "suspended", Outcome.Kind.SUSPENDED);

    private Outcomes() {}

    static Outcome read(Body body) {
        Outcome.Kind kind = KINDS.get(body.text("result", "success").toLowerCase(Locale.ROOT));
        if (kind == null) {
            throw Refused.member("result", "is no outcome");
        }
        String output = body.text("output");
        try {
            return new Outcome(kind, body.text("error"), output == null ? null : Payload.text(output), null);
        } catch (IllegalArgumentException e) {
            throw Refused.outcome(String.valueOf(e.getMessage()));
        }
    }
}
