package dev.leasehold.bench;

import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Contender;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.bench.report.Measurement;
import dev.leasehold.bench.report.Result;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A system's turn at a case.
 *
 * @param repetition from 1; 0 for the load
 */
record Turn(Contender contender, Case c, int repetition) {
    /** What was measured counts when the system's check found nothing and the case came to its end. */
    Result result(Outcome outcome, @Nullable Measurement measured) {
        var why = outcome.voided() == null && measured == null ? "it did not come to its end" : outcome.voided();
        return result(measured, why, outcome.figures());
    }

    private Result result(@Nullable Measurement measured, @Nullable String voided, Map<String, Double> figures) {
        return new Result(c.id(), contender.name(), repetition, c.runs(), measured, voided, figures);
    }

    Result voided(String why) {
        return result(null, why, Map.of());
    }

    /** For its database's template: a word of lower case letters, digits and underscores. */
    String template() {
        return ("t_" + contender.name() + "_" + c.load())
                .replaceAll("[^A-Za-z0-9]", "_")
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return c.id() + " " + contender.name() + (repetition == 0 ? " load" : " " + repetition);
    }
}
