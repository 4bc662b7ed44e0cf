package dev.leasehold.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** The cells of what a row is about: rates, or latencies. */
final class Figures {
    static final List<String> OF_RATES = List.of("runs/s, median", "min to max", "with start, median");
    static final List<String> OF_LATENCIES = List.of("p50 ms, median", "min to max", "p95 ms", "p99 ms", "longest ms");

    private Figures() {}

    static List<String> ofRates(Row row) {
        var figure = row.statistics(Measurement::figure);
        return List.of(
                whole(figure.median()),
                whole(figure.min()) + " to " + whole(figure.max()),
                whole(row.statistics(Measurement::rate).median()));
    }

    static List<String> ofLatencies(Row row) {
        var p50 = latency(row, Latency::p50);
        return List.of(
                millis(p50.median()),
                millis(p50.min()) + " to " + millis(p50.max()),
                millis(latency(row, Latency::p95).median()),
                millis(latency(row, Latency::p99).median()),
                millis(latency(row, Latency::max).median()));
    }

    private static Statistics latency(Row row, ToDoubleFunction<Latency> value) {
        return row.statistics(measured -> value.applyAsDouble(Objects.requireNonNull(measured.latency())));
    }

    static String whole(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }

    static String tenths(double number) {
        return String.format(Locale.ROOT, "%,.1f", number);
    }

    /** Whole from 100 on, with two decimals below. */
    static String number(double number) {
        return Math.abs(number) >= 100 ? whole(number) : millis(number);
    }

    private static String millis(double number) {
        return String.format(Locale.ROOT, "%,.2f", number);
    }
}
