package dev.leasehold.bench.report;

import java.util.Collection;

/** The middle and the bounds of what was measured in several repetitions. */
record Statistics(double median, double min, double max) {

    /** Of at least one value; of an even number of values the median is the mean of the two in the middle. */
    static Statistics of(Collection<Double> values) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Statistics(median, sorted[0], sorted[sorted.length - 1]);
    }
}
