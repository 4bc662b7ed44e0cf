package dev.leasehold.gauge;

import dev.leasehold.metric.Meter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Everything that is counted and read, as Prometheus takes it. */
@ApplicationScoped
public class MetricsPage {

    /** What the text is, in a Content-Type header's words. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    @Inject
    Meter meter;

    @Inject
    StoreGauges store;

    @Inject
    NodeGauges node;

    @PostConstruct
    void open() {
        meter.registry().register(store);
        meter.registry().register(node);
    }

    /** The text as it is now. */
    public byte[] text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, meter.registry().scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toByteArray();
    }
}
