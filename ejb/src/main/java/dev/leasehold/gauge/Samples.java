package dev.leasehold.gauge;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Map;

/** Makes gauges of figures that were just read. */
final class Samples {

    private Samples() {}

    static GaugeSnapshot of(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }

    /** One for each value of one label. */
    static GaugeSnapshot of(String name, String help, String label, Map<String, ? extends Number> values) {
        GaugeSnapshot.Builder builder = GaugeSnapshot.builder().name(name).help(help);
        values.forEach((word, value) -> builder.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of(label, word))
                .value(value.doubleValue())
                .build()));
        return builder.build();
    }
}
