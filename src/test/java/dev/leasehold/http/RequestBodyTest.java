package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leasehold.fault.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "Application/JSON ; charset=UTF-8", "application/json;charset=\"utf-8\";x=1"
            })
    void jsonInUtf8IsRead(String type) {
        assertThat(RequestBody.read(headers(type, null)::get, of(3), 1 << 24)).hasSize(3);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "application/jsonx",
                "application/json;charset=utf-16",
                "text/x;application/json"
            })
    void anyOtherTypeIsRefused(String type) {
        assertThat(refusal(type, null, of(1))).isEqualTo("415 unsupported_media_type");
    }

    @Test
    void sixteenMebibytesAreTheMost() {
        String type = "application/json";
        assertThat(RequestBody.read(headers(type, null)::get, of(16 << 20), 1 << 24))
                .hasSize(16 << 20);
        assertThat(refusal(type, null, of((16 << 20) + 1))).isEqualTo("413 request_too_large");
    }

    @Test
    void whatAnnouncesItselfTooLargeIsNotRead() throws IOException {
        assertThat(refusal("application/json", String.valueOf((16 << 20) + 1), broken()))
                .isEqualTo("413 request_too_large");
    }

    @Test
    void aBodyThatBreaksOffIsTheClientsMistake() throws IOException {
        assertThat(refusal("application/json", "5", broken())).isEqualTo("400 unreadable_body");
    }

    @Test
    void whatTheServerDoesNotTakeIsTooLarge() {
        class RequestTooBigException extends IOException {
            private static final long serialVersionUID = 1L;
        }
        InputStream cut = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new RequestTooBigException();
            }

            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                return read();
            }
        };
        assertThat(refusal("application/json", null, cut)).isEqualTo("413 request_too_large");
        assertThat(catchThrowableOfType(
                                Fault.class,
                                () -> RequestBody.readOptional(headers("application/json", null)::get, cut, 1))
                        .code())
                .isEqualTo("request_too_large");
    }

    private static String refusal(String type, String length, InputStream in) {
        Fault refusal =
                catchThrowableOfType(Fault.class, () -> RequestBody.read(headers(type, length)::get, in, 1 << 24));
        return Problem.of(refusal).status() + " " + refusal.code();
    }

    private static Map<String, String> headers(String type, String length) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", type);
        headers.put("Content-Length", length);
        return headers;
    }

    private static InputStream broken() throws IOException {
        InputStream in = InputStream.nullInputStream();
        in.close();
        return in;
    }

    private static InputStream of(int length) {
        return new ByteArrayInputStream(new byte[length]);
    }
}
