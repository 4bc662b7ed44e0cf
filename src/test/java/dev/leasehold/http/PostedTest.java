package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leasehold.fault.Fault;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostedTest {

    private final Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));

    @Test
    void aBodyThatMayBeLeftOutIsTheEmptyObject() {
        assertThat(order("").members("reason").has("reason")).isFalse();
        headers.remove("Content-Type");
        assertThat(order("").body()).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
        assertThat(refusal(() -> order("{}"))).isEqualTo("unsupported_media_type");
        assertThat(refusal(() -> Posted.withBody("/p", headers::get, in(""), 1 << 20)))
                .isEqualTo("unsupported_media_type");
    }

    @Test
    void aVersionInQuotesIsExpected() {
        assertThat(order("{}").version()).isNull();
        headers.put("If-Match", "*");
        assertThat(order("{}").version()).isNull();
        headers.put("If-Match", "\"17\"");
        assertThat(order("{}").version()).isEqualTo(17);
        assertThat(refusal(() -> Posted.withBody("/p", headers::get, in("{}"), 1 << 20)))
                .isEqualTo("not_supported_yet");
        assertThat(refusal(() -> Posted.bodyOptional("/p", headers::get, in(""), 1 << 20)))
                .isEqualTo("not_supported_yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "\"\"", "W/\"1\"", "\"1\", \"2\"", "\"-1\"", "\"1234567890\"", "\"x\""})
    void anyOtherVersionIsRefused(String match) {
        headers.put("If-Match", match);
        assertThat(refusal(() -> order("{}").version())).isEqualTo("invalid_request");
    }

    @Test
    void aKeyHasUpTo255VisibleCharacters() {
        assertThat(order("{}").key()).isNull();
        headers.put("Idempotency-Key", "~".repeat(255));
        assertThat(order("{}").key()).hasSize(255);
    }

    @Test
    void aKeyIsNotPassedOverBecauseThePathIsTooLong() {
        assertThat(at("/" + "p".repeat(1000)).key()).isNull();
        headers.put("Idempotency-Key", "k");
        assertThat(at("/" + "p".repeat(999)).key()).isEqualTo("k");
        assertThat(at("/" + "p".repeat(999) + "/;x=1").key()).isEqualTo("k");
        assertThat(refusal(() -> at("/" + "p".repeat(1000)))).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/b", "/a/b/", "/a/b//", "/a/b;x=1", "/a;x=1;y/b/;z"})
    void aKeyIsOfThePathHoweverItIsWritten(String path) {
        assertThat(at(path).path()).isEqualTo("/a/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\u007f", "é"})
    void anyOtherKeyIsRefused(String key) {
        headers.put("Idempotency-Key", key);
        assertThat(refusal(() -> order("{}"))).isEqualTo("invalid_request");
        headers.put("Idempotency-Key", "k".repeat(256));
        assertThat(refusal(() -> order("{}"))).isEqualTo("invalid_request");
    }

    @Test
    void theDigestIsOfBodyAndVersion() {
        String plain = order("{}").digest();
        assertThat(plain)
                .hasSize(64)
                .isEqualTo(order("{}").digest())
                .isEqualTo(order("").digest());
        assertThat(order("{ }").digest()).isNotEqualTo(plain);
        headers.put("If-Match", "\"1\"");
        assertThat(order("{}").digest()).isNotEqualTo(plain);
    }

    private Posted at(String path) {
        return Posted.order(path, headers::get, in(""), 1 << 20);
    }

    private Posted order(String body) {
        return Posted.order("/p", headers::get, in(body), 1 << 20);
    }

    private static InputStream in(String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(Runnable reading) {
        return catchThrowableOfType(Fault.class, reading::run).code();
    }
}
