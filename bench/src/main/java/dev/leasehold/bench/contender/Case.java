package dev.leasehold.bench.contender;

import java.util.Map;
import java.util.Set;

/**
 * One thing to measure: a workload in one form.
 *
 * @param id the workload and, after a dot, the form: {@code W2}, {@code W1.single8}, {@code W7.64}
 * @param runs how many runs are enqueued or drained
 * @param options what else the form consists of; the names are the workload's own, see {@code Cases}
 */
public record Case(String id, Workload workload, int runs, Map<String, String> options) {

    public Case {
        options = Map.copyOf(options);
    }

    /** The same with another number of runs. */
    public Case withRuns(int number) {
        return new Case(id, workload, number, options);
    }

    /** A whole number among the options. */
    public int number(String option, int otherwise) {
        var value = options.get(option);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    /** Names what the database holds at the beginning: cases with the same load share a template. Option {@code load}. */
    public String load() {
        return options.getOrDefault("load", id) + "_" + runs;
    }

    /** Whether this case is selected by its id or by its workload; nothing selected is everything. */
    public boolean isIn(Set<String> selected) {
        return selected.isEmpty() || selected.contains(id) || selected.contains(workload.name());
    }
}
