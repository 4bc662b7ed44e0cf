package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecondsTest {

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01T00:16:40Z, 1000",
        "2023-11-14T22:13:20Z, 1700000000",
        "2023-11-14T22:13:20.120Z, 1700000000.12",
        "2023-11-14T22:13:20.001999Z, 1700000000.001",
        "2023-11-14T22:13:20.000999Z, 1700000000",
        "9999-12-31T23:59:59.999999Z, 253402300799.999"
    })
    void anInstantIsANumberOfAtMostThreeDecimals(Instant instant, String number) {
        assertThat(json(instant)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0", "PT0.000001S, 0.000001", "PT1.5S, 1.5", "PT720H, 2592000"})
    void aDurationKeepsItsMicroseconds(Duration duration, String number) {
        assertThat(json(duration)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({
        "1700000000.1234569, 2023-11-14T22:13:20.123456Z",
        "1.7e9, 2023-11-14T22:13:20Z",
        "0.0000009, 1970-01-01T00:00:00Z",
        "-1, 1969-12-31T23:59:59Z"
    })
    void whatIsReadIsCutToMicroseconds(BigDecimal number, Instant instant) {
        assertThat(Seconds.instant(number)).isEqualTo(instant);
    }

    @Test
    void whatIsFarOutsideStaysOutside() {
        assertThat(Seconds.instant(new BigDecimal("1e100"))).isAfter(Instant.parse("9999-12-31T23:59:59Z"));
        assertThat(Seconds.duration(new BigDecimal("-1e100"))).isNegative();
    }

    private static String json(Object value) {
        String document = new String(Json.write(Map.of("v", value)), StandardCharsets.UTF_8);
        return document.substring("{\"v\":".length(), document.length() - 1);
    }
}
