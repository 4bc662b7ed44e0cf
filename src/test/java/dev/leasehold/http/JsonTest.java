package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Payload;
import dev.leasehold.run.RunState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {

    private record Sample(
            int twoWords,
            String none,
            Optional<Payload> leftOut,
            Optional<Integer> given,
            RunState state,
            Json.Raw raw) {}

    @Test
    void membersAreInSnakeCaseAndOnlyEmptyOptionalsAreLeftOut() {
        assertThat(json(new Sample(
                        1, null, Optional.empty(), Optional.of(0), RunState.RETRY_WAIT, new Json.Raw("\"Once\""))))
                .isEqualTo("{\"two_words\":1,\"none\":null,\"given\":0,\"state\":\"RetryWait\",\"raw\":\"Once\"}");
    }

    @Test
    void aPayloadIsShownAsItCame() {
        assertThat(json(Payload.of(null, Payload.Form.JSON, bytes("{ \"a\" : 1.0 }"))))
                .isEqualTo("{\"json\":{ \"a\" : 1.0 }}");
        assertThat(json(Payload.of("a/b", Payload.Form.TEXT, bytes("é\""))))
                .isEqualTo("{\"content_type\":\"a/b\",\"text\":\"é\\\"\"}");
        assertThat(json(Payload.of(null, Payload.Form.BASE64, new byte[] {0, -1})))
                .isEqualTo("{\"base64\":\"AP8=\"}");
    }

    @Test
    void whatAHandlerCallsJsonDoesNotSpoilTheAnswer() {
        for (String none : List.of("", "{", "1 2", "{\"a\":1}}", "nul")) {
            assertThat(json(Map.of("output", Payload.json(none))))
                    .as(none)
                    .startsWith("{\"output\":{\"content_type\":\"application/json\",\"text\":\"")
                    .endsWith("\"}}");
        }
    }

    private static String json(Object view) {
        return new String(Json.write(view), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
