package dev.leasehold.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Outcome;
import dev.leasehold.api.Outcome.Kind;
import dev.leasehold.request.Peer.Asked;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RedirectTest {

    private final Peer first = new Peer();
    private final Peer other = new Peer();
    private final Sender sender = new Sender("127.0.0.1:" + first.port() + ",127.0.0.1:" + other.port());

    @AfterEach
    void close() {
        first.close();
        other.close();
    }

    private Outcome send(String members) {
        return sender.send("{'url':'" + first.origin() + "/secret?q=1'" + members + "}");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsFinalUnlessToldToFollow(int status) {
        String begin = "GET " + first.origin() + " answered " + status;

        first.answers(status, "Location", "https://me:pw@elsewhere.example:81/new?token=x#y");
        assertThat(send("")).isEqualTo(Outcome.fail(begin + ", pointing to https://elsewhere.example:81/new"));
        first.answers(status, "Location", "https://elsewhere.example/secret?token=x");
        assertThat(send(",'follow_redirects':false"))
                .isEqualTo(Outcome.fail(begin + ", pointing to https://elsewhere.example under the same path"));
        first.answers(status, "Location", "http://[");
        assertThat(send("")).isEqualTo(Outcome.fail(begin + ", pointing to a Location that cannot be read"));
        first.answers(status);
        assertThat(send(",'follow_redirects':true")).isEqualTo(Outcome.fail(begin));
        assertThat(other.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "301, POST, GET",
        "301, PUT, PUT",
        "302, POST, GET",
        "302, DELETE, DELETE",
        "303, POST, GET",
        "303, PUT, GET",
        "303, HEAD, HEAD",
        "307, POST, POST",
        "307, GET, GET",
        "308, POST, POST",
        "308, PATCH, PATCH"
    })
    void aRedirectIsFollowedByItsStatus(int status, String method, String then) {
        first.answers(status, "Location", other.origin() + "/new");
        boolean isHead = method.equals("HEAD");

        Outcome outcome = send(",'method':'" + method + "','follow_redirects':true" + (isHead ? "" : ",'body':'x'"));

        assertThat(outcome.kind()).as("%s", outcome.error()).isEqualTo(Kind.SUCCESS);
        Asked asked = other.only();
        assertThat(asked.method()).isEqualTo(then);
        assertThat(asked.path()).isEqualTo("/new");
        boolean withBody = method.equals(then) && !isHead;
        assertThat(asked.body()).isEqualTo(withBody ? "x" : "");
        assertThat(asked.headers().containsKey("Content-Type")).isEqualTo(withBody);
    }

    @Test
    void credentialsDoNotGoToAnotherOrigin() {
        String all = ",'follow_redirects':true,'method':'PUT','body':'x','headers':{'Authorization':'a','Cookie':'c',"
                + "'X-Api-Key':'k','Accept':'t/t','Accept-Language':'de','Content-Type':'b/b','User-Agent':'u'}";
        first.answers(307, "Location", other.origin() + "/");

        assertThat(send(all).kind()).isEqualTo(Kind.SUCCESS);
        assertThat(first.only().headers())
                .containsAllEntriesOf(Map.of("Authorization", "a", "Cookie", "c", "X-Api-Key", "k"));
        assertThat(other.only().headers())
                .containsAllEntriesOf(
                        Map.of("Accept", "t/t", "Accept-Language", "de", "Content-Type", "b/b", "User-Agent", "u"))
                .containsEntry("Idempotency-Key", Sender.RUN.toString())
                .containsEntry("Leasehold-Fence", "7")
                .containsEntry("Leasehold-Key-Fence", "11")
                .doesNotContainKeys("Authorization", "Cookie", "X-Api-Key");
    }

    @Test
    void withinAnOriginEverythingGoesOn() {
        first.answers(exchange -> {
            if (exchange.getRequestURI().getPath().equals("/secret")) {
                exchange.getResponseHeaders().add("Location", "new");
                exchange.sendResponseHeaders(302, -1);
            } else {
                Peer.answer(exchange, 200, "there");
            }
        });

        assertThat(send(",'follow_redirects':true,'headers':{'Authorization':'a'}")
                        .output()
                        .text())
                .contains("\"body\":\"there\"");
        assertThat(first.asked).extracting(Asked::path).containsExactly("/secret?q=1", "/new");
        assertThat(first.asked).allSatisfy(asked -> assertThat(asked.headers()).containsEntry("Authorization", "a"));
    }

    @Test
    void aRedirectToAHostThatIsNotListedIsNotFollowed() {
        first.answers(302, "Location", other.origin() + "/");
        sender.settings.put("leasehold.http-hosts", "127.0.0.1:" + first.port());

        assertThat(send(",'follow_redirects':true"))
                .isEqualTo(Outcome.fail(
                        "127.0.0.1:" + other.port() + " may not be asked: leasehold.http-hosts does not list it"));
        assertThat(other.asked).isEmpty();
    }

    @Test
    void redirectsEndAfterFive() {
        int[] left = {5};
        first.answers(exchange -> {
            exchange.getResponseHeaders().add("Location", "/again");
            exchange.sendResponseHeaders(left[0]-- > 0 ? 302 : 200, -1);
        });
        assertThat(send(",'follow_redirects':true").kind()).isEqualTo(Kind.SUCCESS);
        assertThat(first.asked).hasSize(6);

        left[0] = 6;
        assertThat(send(",'follow_redirects':true")).isEqualTo(Outcome.fail("more than 5 redirects"));
        assertThat(first.asked).hasSize(12);
    }
}
