package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(approach(remote, host, origin, null, null).refusal()).isEmpty();
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
        assertThat(approach(remote, host, origin, null, null).refusal())
                .hasValueSatisfying(
                        refusal -> assertThat(Problem.of(refusal).status()).isEqualTo(403));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded",
                "Via",
                "X-Forwarded-For",
                "X-Forwarded-Host",
                "X-Forwarded-Proto",
                "X-Real-IP",
                "x-real-ip"
            })
    void aProxyOnThisMachineMayNotAskForOthers(String header) {
        assertThat(approach("127.0.0.1", "localhost", null, header, "").refusal())
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"none, true", "same-origin, true", "same-site, false", "cross-site, false", "'', false"})
    void aBrowserMustNotAskForAnotherSite(String site, boolean allowed) {
        assertThat(approach("127.0.0.1", "localhost", null, "Sec-Fetch-Site", site)
                        .refusal()
                        .isEmpty())
                .isEqualTo(allowed);
    }

    private static Approach approach(String remote, String host, String origin, String header, String value) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Host", host);
        headers.put("Origin", origin);
        if (header != null) {
            headers.put(header, value);
        }
        return new Approach(remote, headers::get);
    }
}
