package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.fault.NotSupportedYet;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamesTest {

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    /** Queues and limits have no version: who names one relies on it. */
    @Test
    void aConditionThatIsNotObeyedIsRefused() {
        Map<String, String> conditional = new HashMap<>(JSON);
        conditional.put("If-Match", "\"3\"");

        assertThat(Names.body(JSON::get, body(), 100).whole("limit", 0, 9)).isEqualTo(4);
        assertThatThrownBy(() -> Names.body(conditional::get, body(), 100))
                .isInstanceOf(NotSupportedYet.class)
                .hasMessageContaining("If-Match");
    }

    private static InputStream body() {
        return new ByteArrayInputStream("{\"limit\":4}".getBytes(StandardCharsets.UTF_8));
    }
}
