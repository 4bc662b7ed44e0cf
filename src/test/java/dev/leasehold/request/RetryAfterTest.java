package dev.leasehold.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    /** One minute before the moment of RFC 9110's examples. */
    private static final Instant NOW = Instant.parse("1994-11-06T08:48:37Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                " 120 | 120",
                "86400 | 86400",
                "86401 | 86400",
                "999999999 | 86400",
                "99999999999999999999 | 86400",
                "Sun, 06 Nov 1994 08:49:37 GMT | 60",
                "Sun Nov  6 08:49:37 1994 | 60",
                "Sun, 06 Nov 1994 08:48:37 GMT | 0",
                "Sat, 05 Nov 1994 08:49:37 GMT | 0",
                "Mon, 07 Nov 1994 08:48:37 GMT | 86400",
                "Mon, 07 Nov 1994 08:48:38 GMT | 86400"
            })
    void secondsAndDatesAreRead(String header, long seconds) {
        assertThat(RetryAfter.read(header, NOW)).hasSeconds(seconds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Sunday, 21-Nov-27 08:00:00 GMT | 3600"})
    void aYearOfTwoDigitsIsOfThisCentury(String header, long seconds) {
        assertThat(RetryAfter.read(header, Instant.parse("2027-11-21T07:00:00Z")))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "1.5",
                "soon",
                "1e3",
                "Mon, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 CET",
                "1994-11-06T08:49:37Z",
                "Sun, 31 Feb 1994 08:49:37 GMT"
            })
    void anythingElseIsNoAnswer(String header) {
        assertThat(RetryAfter.read(header, NOW)).isNull();
    }
}
