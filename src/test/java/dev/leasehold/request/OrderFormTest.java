package dev.leasehold.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Payload;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderFormTest {

    private static Order read(String members) {
        return OrderForm.read(Payload.json(("{'url':'https://a.example/'" + members + "}").replace('\'', '"')));
    }

    @Test
    void onlyAUrlIsNeeded() {
        assertThat(read(""))
                .isEqualTo(new Order("GET", "https://a.example/", Map.of(), null, false, Duration.ofSeconds(30)));
        assertThat(read(",'method':null,'headers':null,'body':null,'json':null,'base64':null,'follow_redirects':null,"
                        + "'timeout_secs':null"))
                .isEqualTo(read(""));
    }

    @Test
    void everythingMayBeSaid() {
        Order order =
                read(",'method':'PUT','headers':{'X-A':'1','content-type':'a/b'},'body':'é','follow_redirects':true,"
                        + "'timeout_secs':1.5");

        assertThat(order.method()).isEqualTo("PUT");
        assertThat(order.headers()).isEqualTo(Map.of("X-A", "1", "Content-Type", "a/b"));
        assertThat(order.body().text()).isEqualTo("é");
        assertThat(order.followRedirects()).isTrue();
        assertThat(order.timeout()).isEqualTo(Duration.ofMillis(1500));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'body':'x' | x | text/plain; charset=utf-8",
                "'body':'' | \"\" | text/plain; charset=utf-8",
                "'json':{'a':[1.50,1E400,12345678901234567890]} | {'a':[1.50,1E+400,12345678901234567890]} | application/json",
                "'json':false | false | application/json",
                "'base64':'eHl6' | xyz | application/octet-stream"
            })
    void aBodyHasThreeForms(String member, String body, String type) {
        Order order = read("," + member);

        assertThat(order.method()).isEqualTo("POST");
        assertThat(order.body().text()).isEqualTo(body.replace('\'', '"'));
        assertThat(order.headers()).isEqualTo(Map.of("Content-Type", type));
        assertThat(read(",'method':'DELETE'," + member).method()).isEqualTo("DELETE");
    }

    @ParameterizedTest
    @CsvSource({"0.001, 1", "3600, 3600000", "1e3, 1000000"})
    void aTimeoutIsTakenUpToItsBounds(String seconds, long millis) {
        assertThat(read(",'timeout_secs':" + seconds).timeout()).hasMillis(millis);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'x':1 | x is not known; there are method, url, headers, body, json, base64, follow_redirects, timeout_secs",
                "'x':null | x is not known; there are method, url, headers, body, json, base64, follow_redirects, timeout_secs",
                "'url':'https://b.example/' | the payload must be a JSON object, each member once",
                "'method':'get' | method must be one of DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT",
                "'method':'CONNECT' | method must be one of DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT",
                "'method':1 | method must be a string",
                "'headers':[] | headers must be an object of strings",
                "'headers':{'A':1} | headers must be an object of strings",
                "'headers':{'A':null} | headers must be an object of strings",
                "'body':{} | body must be a string",
                "'body':'','json':1 | only one of body, json and base64 may be given",
                "'body':'','base64':'' | only one of body, json and base64 may be given",
                "'base64':'!' | base64 must be base64 in RFC 4648's own alphabet",
                "'body':'a\\u0000' | body must not contain U+0000 or a lone surrogate",
                "'body':'\\ud800' | body must not contain U+0000 or a lone surrogate",
                "'follow_redirects':'yes' | follow_redirects must be true or false",
                "'timeout_secs':'1' | timeout_secs must be a number",
                "'timeout_secs':0 | timeout_secs must be from 0.001 to 3600",
                "'timeout_secs':-1 | timeout_secs must be from 0.001 to 3600",
                "'timeout_secs':3600.001 | timeout_secs must be from 0.001 to 3600",
                "'timeout_secs':1e99 | timeout_secs must be from 0.001 to 3600"
            })
    void whatCannotBeObeyedIsRefusedByName(String members, String message) {
        refused("{\"url\":\"https://a.example/\"," + members.replace('\'', '"') + "}", message);
    }

    @Test
    void aPayloadThatIsNoOrderIsRefused() {
        refused("{}", "url is required");
        refused("{\"url\":null}", "url is required");
        refused("[]", "the payload must be a JSON object");
        refused("\"https://a.example/\"", "the payload must be a JSON object");
        refused("", "the payload must be a JSON object");
        refused("{} {}", "the payload must be a JSON object, each member once");
        refused("{\"url\":\"secret", "the payload must be a JSON object, each member once");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection", "content-length", "Expect", "HOST", "HTTP2-Settings", "Keep-Alive", "Proxy-Authorization",
                "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Leasehold-Fence", "leasehold-x"
            })
    void someHeadersAreNotThePayloads(String name) {
        refused(header(name, "secret"), "header \"" + name + "\" is not the payload's to set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A B", "A:", "Ä", "A\\r\\nB", "A\\u0000"})
    void aHeadersNameIsAToken(String name) {
        refused(header(name, "secret"), "a header's name must be 1 to 100 letters, digits and !#$%&'*+-.^_`|~");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret\\r\\nHost: x", "secret\\n", "secret\\u0000", "sécret", "\\u007f"})
    void aHeadersValueIsOneLineOfAscii(String value) {
        refused(header("X-A", value), "header \"X-A\" must be at most 8192 printable ASCII characters, in one line");
    }

    @Test
    void headersHaveTheirBounds() {
        String hundred = "n".repeat(100);
        assertThat(read(",'headers':{'" + hundred + "':'" + "v".repeat(8192) + "'}")
                        .headers())
                .containsKey(hundred);
        refused(header(hundred + "n", "v"), "a header's name must be 1 to 100 letters, digits and !#$%&'*+-.^_`|~");
        refused(
                header("X", "v".repeat(8193)),
                "header \"X\" must be at most 8192 printable ASCII characters, in one line");
        refused("{\"url\":\"u\",\"headers\":{\"X-A\":\"1\",\"x-a\":\"2\"}}", "header \"x-a\" is given twice");
        StringBuilder many = new StringBuilder("'A':''");
        for (int i = 1; i < 100; i++) {
            many.append(",'A").append(i).append("':''");
        }
        assertThat(read(",'headers':{" + many + "}").headers()).hasSize(100);
        assertThatThrownBy(() -> read(",'headers':{" + many + ",'B':''}"))
                .hasMessage("headers must have at most 100 members");
    }

    private static String header(String name, String value) {
        return "{\"url\":\"https://a.example/\",\"headers\":{\"" + name + "\":\"" + value + "\"}}";
    }

    private static void refused(String payload, String message) {
        assertThatThrownBy(() -> OrderForm.read(Payload.json(payload)))
                .isInstanceOf(UnsendableRequest.class)
                .hasMessage(message);
    }
}
