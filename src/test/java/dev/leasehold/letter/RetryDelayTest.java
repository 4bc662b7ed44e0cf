package dev.leasehold.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDelayTest {

    @ParameterizedTest
    @CsvSource({"0,1000", "1,2000", "2,4000", "7,128000", "8,256000", "9,300000", "20,300000", "63,300000"})
    void itDoublesUpToFiveMinutes(int k, long millis) {
        assertThat(RetryDelay.after(k)).isEqualTo(Duration.ofMillis(millis));
    }
}
