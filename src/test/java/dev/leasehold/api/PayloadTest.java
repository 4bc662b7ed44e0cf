package dev.leasehold.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PayloadTest {

    @Test
    void theShortFormsNameTheirContentType() {
        byte[] bytes = "ü".getBytes(StandardCharsets.UTF_8);

        assertThat(Payload.json("ü")).isEqualTo(Payload.of("application/json", Payload.Form.JSON, bytes));
        assertThat(Payload.text("ü")).isEqualTo(Payload.of("text/plain", Payload.Form.TEXT, bytes));
        assertThat(Payload.bytes(bytes)).isEqualTo(Payload.of("application/octet-stream", Payload.Form.BASE64, bytes));
        assertThat(Payload.text("ü").text()).isEqualTo("ü");
        assertThat(Payload.text("ü").size()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Payload.Form.class)
    void itIsEqualWhenContentTypeFormAndBytesAre(Payload.Form form) {
        Payload payload = Payload.of("a/b", form, new byte[] {1, 2});

        assertThat(payload)
                .isEqualTo(Payload.of("a/b", form, new byte[] {1, 2}))
                .hasSameHashCodeAs(Payload.of("a/b", form, new byte[] {1, 2}))
                .isNotEqualTo(Payload.of("a/c", form, new byte[] {1, 2}))
                .isNotEqualTo(Payload.of(null, form, new byte[] {1, 2}))
                .isNotEqualTo(Payload.of("a/b", form, new byte[] {1, 3}))
                .isNotEqualTo("a/b");
        for (Payload.Form other : Payload.Form.values()) {
            assertThat(payload.equals(Payload.of("a/b", other, new byte[] {1, 2})))
                    .isEqualTo(other == form);
        }
    }

    @Test
    void nobodyCanChangeItsBytes() {
        byte[] mine = {1, 2};
        Payload kept = Payload.of(null, Payload.Form.BASE64, mine);
        Payload brief = Payload.bytes(mine);

        mine[0] = 9;
        kept.bytes()[1] = 9;

        assertThat(kept.bytes()).containsExactly(1, 2);
        assertThat(brief.bytes()).containsExactly(1, 2);
    }

    @Test
    void itsTextShowsNoContent() {
        assertThat(Payload.text("secret")).hasToString("Payload[text/plain, TEXT, 6 bytes]");
    }
}
