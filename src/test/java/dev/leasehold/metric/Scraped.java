package dev.leasehold.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of metrics.
 *
 * @param types each family's type
 * @param samples each sample's value, by its name and labels
 */
public record Scraped(Map<String, String> types, Map<String, Double> samples) {

    private static final Pattern LABEL = Pattern.compile("[{,](\\w+)=\"");

    /** Reads the text. */
    public static Scraped of(String text) {
        Scraped scraped = new Scraped(new TreeMap<>(), new LinkedHashMap<>());
        text.lines().forEach(line -> {
            String[] words = line.split(" ");
            if (line.startsWith("# TYPE ")) {
                scraped.types.put(words[2], words[3]);
            } else if (!line.startsWith("#")) {
                assertThat(words).as(line).hasSize(2);
                scraped.samples.put(words[0], Double.valueOf(words[1]));
            }
        });
        return scraped;
    }

    /** What that meter has counted. */
    public static Scraped of(Meter meter) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, meter.registry().scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of(text.toString(StandardCharsets.UTF_8));
    }

    /** The value of a sample that must be there, named without its quotes: {@code x_total{state=ready}}. */
    public double value(String sample) {
        String name = sample.replaceAll("=([^,}]*)", "=\"$1\"");
        assertThat(samples).containsKey(name);
        return samples.get(name);
    }

    /** The labels of all samples whose names begin so. */
    public Set<String> labels(String prefix) {
        Set<String> labels = new TreeSet<>();
        samples.keySet().stream().filter(name -> name.startsWith(prefix)).forEach(name -> {
            Matcher label = LABEL.matcher(name);
            while (label.find()) {
                labels.add(label.group(1));
            }
        });
        return labels;
    }
}
