package dev.leasehold.worker;

import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import org.jspecify.annotations.Nullable;

/** The bounds of what an attempt may leave behind (decisions 7); beyond them it failed, and would fail again. */
final class Outputs {

    static final int LONGEST_CONTENT_TYPE = 255;

    private Outputs() {}

    static Outcome checked(Outcome outcome, int largest) {
        String fault = fault(outcome.output(), largest);
        return fault == null ? outcome : Outcome.fail(fault);
    }

    private static @Nullable String fault(@Nullable Payload output, int largest) {
        if (output == null) {
            return null;
        }
        if (output.size() > largest) {
            return "the output has " + output.size() + " bytes; at most " + largest + " are allowed";
        }
        String contentType = output.contentType();
        return contentType != null && contentType.length() > LONGEST_CONTENT_TYPE
                ? "the output's content type has more than " + LONGEST_CONTENT_TYPE + " characters"
                : null;
    }
}
