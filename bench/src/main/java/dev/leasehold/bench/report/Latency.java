package dev.leasehold.bench.report;

import java.util.Arrays;

/** Latencies in milliseconds: those that half, 95 % and 99 % of the runs do not exceed, and the longest. */
public record Latency(double p50, double p95, double p99, double max) {

    /** Of at least one run, in any order. */
    public static Latency of(double... millis) {
        var sorted = millis.clone();
        Arrays.sort(sorted);
        return new Latency(rank(sorted, 50), rank(sorted, 95), rank(sorted, 99), sorted[sorted.length - 1]);
    }

    /** The smallest value that so many percent of all values do not exceed. */
    private static double rank(double[] sorted, int percent) {
        return sorted[(sorted.length * percent + 99) / 100 - 1];
    }
}
