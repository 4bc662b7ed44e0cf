package dev.leasehold.bench.contender;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a system's own check of a case found.
 *
 * @param voided why the figures do not count: a run is left, ran twice, a row is missing; {@code null} when they count
 * @param figures further figures for the table, by name with unit, such as {@code table growth MB}
 */
public record Outcome(@Nullable String voided, Map<String, Double> figures) {

    public Outcome {
        figures = new LinkedHashMap<>(figures);
    }

    /** Every run was handled exactly once and everything that the system keeps is there. */
    public static Outcome good() {
        return new Outcome(null, Map.of());
    }

    /** The figures do not count. */
    public static Outcome voided(String why) {
        return new Outcome(why, Map.of());
    }

    /** The same with one more figure. */
    public Outcome with(String name, double figure) {
        var more = new LinkedHashMap<>(figures);
        more.put(name, figure);
        return new Outcome(voided, more);
    }
}
