package dev.leasehold.letter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

    @ParameterizedTest
    @CsvSource({
        "no row 17, no row 2318",
        "java.io.IOException: reset after 1.5 s; caused by X: 3, java.io.IOException: reset after 12.75 s; caused by X: 44",
        "of 2f1b0c3e-7d5a-4c1e-9f00-0123456789ab, of 00000000-0000-0000-0000-000000000001",
        "com.acme.Mail@1f3b9c refused, com.acme.Mail@7aa refused",
        "etag 9f86d081884c, etag 1234567890ab",
        "at 0x1F, at 0x2"
    })
    void whatDiffersFromOneTimeToTheNextDoesNotCount(String one, String other) {
        assertThat(Fingerprint.of(one)).isEqualTo(Fingerprint.of(other)).matches("[0-9a-f]{16}");
    }

    @ParameterizedTest
    @CsvSource({
        "no row 17, no column 17",
        "java.io.IOException: reset, java.net.SocketException: reset",
        "X: a; caused by Y: b, X: a",
        "facade, decade",
        "added, faced"
    })
    void wordsDo(String one, String other) {
        assertThat(Fingerprint.of(one)).isNotEqualTo(Fingerprint.of(other));
    }

    @Test
    void itIsTheSameInEveryVersion() {
        assertThat(Fingerprint.of("no row 17")).isEqualTo("0f3c7a55b8390faa");
    }
}
