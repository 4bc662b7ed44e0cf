package dev.leasehold.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatencyTest {
    @Test
    void aPercentileIsTheSmallestValueThatSoManyDoNotExceed() {
        var descending = IntStream.rangeClosed(1, 200).mapToDouble(i -> 201 - i).toArray();

        assertThat(Latency.of(descending)).isEqualTo(new Latency(100, 190, 198, 200));
    }

    @Test
    void oneValueIsEveryPercentile() {
        assertThat(Latency.of(7.5)).isEqualTo(new Latency(7.5, 7.5, 7.5, 7.5));
    }
}
