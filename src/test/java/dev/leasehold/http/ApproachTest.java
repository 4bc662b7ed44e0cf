package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApproachTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, localhost:8080,",
        "127.0.0.1, localhost,",
        "127.9.9.9, 127.0.0.1:80, http://127.0.0.1:80",
        "0:0:0:0:0:0:0:1, [::1]:8080, https://[::1]:8080",
        "::1, LOCALHOST:8080, http://localhost:8080"
    })
    void thisMachineMayAsk(String remote, String host, String origin) {
        assertThat(new Approach(remote, host, origin, false).refusal()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, localhost:8080,",
        "128.0.0.1, localhost:8080,",
        "fe80::1, [::1]:8080,",
        "localhost, localhost:8080,",
        "evil.example, localhost:8080,",
        "127.0.0.1,,",
        "127.0.0.1, evil.example:8080,",
        "127.0.0.1, localhost.evil.example,",
        "127.0.0.1, 127.0.0.1.evil.example:80,",
        "127.0.0.1, localhost:8080, http://evil.example",
        "127.0.0.1, localhost:8080, http://localhost:9090",
        "127.0.0.1, localhost:8080, http://localhost",
        "127.0.0.1, localhost:8080, null"
    })
    void nobodyElseMay(String remote, String host, String origin) {
        assertThat(new Approach(remote, host, origin, false).refusal())
                .hasValueSatisfying(
                        refusal -> assertThat(Problem.of(refusal).status()).isEqualTo(403));
    }

    @Test
    void aProxyOnThisMachineMayNotAskForOthers() {
        assertThat(new Approach("127.0.0.1", "localhost", null, true).refusal()).isPresent();
    }
}
