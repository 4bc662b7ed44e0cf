package dev.leasehold.bench.report;

import org.jspecify.annotations.Nullable;

/**
 * What the probe measured in one repetition.
 *
 * @param seconds from the beginning of the case to its end
 * @param rate runs a second over the whole of it
 * @param steady runs a second from half of the runs to the end; {@code null} where no progress was told
 * @param databaseMicros CPU of the database for each run, in microseconds
 * @param clientMicros CPU of the client's processes for each run, in microseconds
 * @param walBytes write-ahead log for each run
 * @param others cores that something else on the machine kept busy meanwhile: the noise
 * @param latency where the case is about latencies
 */
public record Measurement(
        double seconds,
        double rate,
        @Nullable Double steady,
        double databaseMicros,
        double clientMicros,
        double walBytes,
        double others,
        @Nullable Latency latency) {

    /** The rate for the table: the steady one where there is one. */
    public double figure() {
        if (latency != null) {
            return latency.p50();
        }
        return steady == null ? rate : steady;
    }
}
