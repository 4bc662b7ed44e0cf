package dev.leasehold.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Outcome.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ExchangeTest {

    private final Peer peer = new Peer();
    private final Sender sender = new Sender("127.0.0.1:" + peer.port());

    @AfterEach
    void close() {
        peer.close();
    }

    private Outcome send(String members) {
        return sender.send("{'url':'" + peer.origin() + "/p?q=1'" + members + "}");
    }

    private static JsonNode output(Outcome outcome) {
        try {
            assertThat(outcome.kind()).as("%s", outcome.error()).isEqualTo(Kind.SUCCESS);
            return new ObjectMapper().readTree(outcome.output().bytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRequestIsSentAsItIsAskedFor() {
        peer.answers(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("Set-Cookie", "secret");
            Peer.answer(exchange, 201, "{\"é\":1}");
        });

        JsonNode output = output(send(",'method':'PUT','headers':{'X-A':'1','Accept':'a/b'},'json':{'b':[1.50]}"));

        assertThat(peer.only().method()).isEqualTo("PUT");
        assertThat(peer.only().path()).isEqualTo("/p?q=1");
        assertThat(peer.only().body()).isEqualTo("{\"b\":[1.50]}");
        assertThat(peer.only().headers())
                .containsEntry("X-A", "1")
                .containsEntry("Accept", "a/b")
                .containsEntry("Content-Type", "application/json")
                .containsEntry("User-Agent", "Leasehold")
                .containsEntry("Idempotency-Key", Sender.RUN.toString())
                .containsEntry("Leasehold-Run-Id", Sender.RUN.toString())
                .containsEntry("Leasehold-Attempt-Id", Sender.ATTEMPT.toString())
                .containsEntry("Leasehold-Attempt", "3")
                .containsEntry("Leasehold-Fence", "7")
                .containsEntry("Leasehold-Key-Fence", "11")
                .doesNotContainKeys("Upgrade", "Connection", "HTTP2-Settings");
        assertThat(output.get("status").intValue()).isEqualTo(201);
        assertThat(output.get("body").textValue()).isEqualTo("{\"é\":1}");
        assertThat(output.get("headers").get("content-type").textValue()).isEqualTo("application/json");
        assertThat(output.get("headers").has("set-cookie")).isFalse();
        assertThat(output.has("body_truncated")).isFalse();
    }

    @Test
    void aKeyOfThePayloadsOwnReplacesTheRuns() {
        output(send(",'headers':{'idempotency-key':'mine','user-agent':'me'}"));

        assertThat(peer.only().headers())
                .containsEntry("Idempotency-Key", "mine")
                .containsEntry("User-Agent", "me");
        assertThat(peer.only().headers()).containsEntry("Leasehold-Run-Id", Sender.RUN.toString());
    }

    @ParameterizedTest
    @CsvSource({"200", "204", "299"})
    void anAnswerOfSuccessIsSuccess(int status) {
        peer.answers(status);

        assertThat(output(send("")).get("status").intValue()).isEqualTo(status);
        assertThat(output(send(",'method':'HEAD'")).get("body").textValue()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 501, 502, 503, 504, 599})
    void someAnswersAreTriedAgain(int status) {
        peer.answers(status);
        assertThat(send("")).isEqualTo(Outcome.retry("GET " + peer.origin() + " answered " + status));

        peer.answers(status, "Retry-After", "17");
        assertThat(send(""))
                .isEqualTo(Outcome.retry("GET " + peer.origin() + " answered " + status, Duration.ofSeconds(17)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0 | 0", "Sun, 06 Nov 1994 08:49:37 GMT | 60", "90000 | 86400", "Sat, 05 Nov 1994 08:49:37 GMT | 0"
            })
    void retryAfterSaysWhen(String header, long seconds) {
        peer.answers(503, "Retry-After", header);

        assertThat(send("").after()).hasSeconds(seconds);
    }

    @Test
    void aRetryAfterThatCannotBeReadLeavesItToTheTasksBackoff() {
        peer.answers(503, "Retry-After", "soon");

        assertThat(send("").kind()).isEqualTo(Kind.RETRYABLE_FAILURE);
        assertThat(send("").after()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 304, 400, 401, 403, 404, 407, 409, 410, 422, 451, 600})
    void allOtherAnswersAreFinal(int status) {
        peer.answers(status, "Retry-After", "17", "WWW-Authenticate", "Basic", "Proxy-Authenticate", "Basic");

        assertThat(send("")).isEqualTo(Outcome.fail("GET " + peer.origin() + " answered " + status));
    }

    @Test
    void aHostThatIsNotListedIsNotAsked() {
        sender.settings.put("leasehold.http-hosts", "127.0.0.1");
        assertThat(send(""))
                .isEqualTo(Outcome.fail(
                        "127.0.0.1:" + peer.port() + " may not be asked: leasehold.http-hosts does not list it"));
        sender.settings.remove("leasehold.http-hosts");
        assertThat(send(""))
                .isEqualTo(Outcome.fail("no host may be asked: leasehold.http-hosts is empty on this node"));
        assertThat(peer.asked).isEmpty();
    }

    @Test
    void aPayloadThatCannotBeObeyedIsFinal() {
        assertThat(send(",'headers':{'Host':'secret'}"))
                .isEqualTo(Outcome.fail("header \"Host\" is not the payload's to set"));
        assertThat(peer.asked).isEmpty();
    }

    @Test
    void aPeerThatIsNotThereIsTriedAgain() {
        peer.close();

        Outcome outcome = send(",'headers':{'Authorization':'secret'}");

        assertThat(outcome.kind()).isEqualTo(Kind.RETRYABLE_FAILURE);
        assertThat(outcome.error())
                .startsWith("GET " + peer.origin() + " failed: ConnectException")
                .doesNotContain("secret");
        assertThat(outcome.after()).isNull();
    }

    @Test
    void aNameThatNobodyKnowsIsTriedAgain() {
        sender.settings.put("leasehold.http-hosts", "*.invalid");

        Outcome outcome = sender.send("{'url':'https://nobody.invalid/'}");

        assertThat(outcome.kind()).isEqualTo(Kind.RETRYABLE_FAILURE);
        assertThat(outcome.error()).startsWith("GET https://nobody.invalid failed: ConnectException");
    }

    @Test
    void anAnswerThatBreaksOffIsTriedAgain() {
        peer.answers(exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            throw new IOException("cut");
        });

        assertThat(send("").kind()).isEqualTo(Kind.RETRYABLE_FAILURE);
        assertThat(send("").error()).startsWith("GET " + peer.origin() + " failed: ");
    }

    @Test
    void anAnswerThatDoesNotComeIsNotWaitedForLongerThanAsked() {
        CountDownLatch end = new CountDownLatch(1);
        peer.answers(exchange -> hang(end));

        assertThat(send(",'timeout_secs':0.2"))
                .isEqualTo(Outcome.retry("GET " + peer.origin() + " gave no complete answer within 0.2 s"));
        end.countDown();
    }

    @Test
    void anAnswerThatBeginsAndDoesNotEndIsNotEither() {
        CountDownLatch end = new CountDownLatch(1);
        peer.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            hang(end);
        });

        assertThat(send(",'timeout_secs':0.2").error()).endsWith("gave no complete answer within 0.2 s");
        end.countDown();
    }

    @Test
    void nothingIsWaitedForBeyondTheAttemptsDeadline() {
        CountDownLatch end = new CountDownLatch(1);
        peer.answers(exchange -> hang(end));
        String error = "GET " + peer.origin() + " gave no complete answer before the attempt's deadline";

        sender.deadline(Sender.NOW.plusMillis(200));
        assertThat(send("")).isEqualTo(Outcome.timeout(error));
        assertThat(peer.asked).hasSize(1);
        sender.deadline(Sender.NOW.minusMillis(1));
        assertThat(send("")).isEqualTo(Outcome.timeout(error));
        assertThat(peer.asked).hasSize(1);
        sender.deadline(Sender.NOW.plusSeconds(3600));
        assertThat(send(",'timeout_secs':0.2").error()).endsWith(" within 0.2 s");
        end.countDown();
    }

    @Test
    void anAttemptThatIsCanceledEndsAtOnceAndHangsUp() throws InterruptedException {
        CountDownLatch hungUp = new CountDownLatch(1);
        peer.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (true) {
                    exchange.getResponseBody().write(new byte[1024]);
                    exchange.getResponseBody().flush();
                    hang(new CountDownLatch(1), 20);
                }
            } catch (IOException e) {
                hungUp.countDown();
            }
        });
        AtomicInteger questions = new AtomicInteger();
        sender.cancellation(() -> questions.incrementAndGet() > 3);

        assertThat(send("")).isEqualTo(Outcome.retry("canceled"));
        assertThat(hungUp.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anAttemptThatIsCanceledBeforeItBeginsSendsNothing() {
        sender.cancellation(() -> true);

        assertThat(send("")).isEqualTo(Outcome.retry("canceled"));
        assertThat(peer.asked).isEmpty();
    }

    private static void hang(CountDownLatch end) {
        hang(end, 20_000);
    }

    private static void hang(CountDownLatch end, long millis) {
        try {
            if (end.await(millis, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @CsvSource({"image/png, 00ff10", "text/plain, fffe00", "'', 610062", "text/plain;charset=utf-8, e9"})
    void whatIsNoTextIsBase64(String type, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        JsonNode output = answered(type, bytes);

        assertThat(output.get("base64").textValue())
                .isEqualTo(Base64.getEncoder().encodeToString(bytes));
        assertThat(output.has("body")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain; charset=ISO-8859-1, e9, é",
        "text/plain; Charset=\"utf-8\", c3a9, é",
        "text/plain; charset=nonsense, c3a9, é",
        "'text/plain; charset=\"$\"', c3a9, é",
        "'', c3a9, é"
    })
    void textIsReadInItsCharset(String type, String hex, String text) {
        assertThat(answered(type, HexFormat.of().parseHex(hex)).get("body").textValue())
                .isEqualTo(text);
    }

    private JsonNode answered(String type, byte[] bytes) {
        peer.answers(exchange -> {
            if (!type.isEmpty()) {
                exchange.getResponseHeaders().add("Content-Type", type);
            }
            Peer.answer(exchange, 200, bytes);
        });
        return output(send(""));
    }

    @Test
    void aBodyTooLargeForAnOutputIsCut() {
        sender.settings.put("leasehold.max-payload-bytes", "8192");
        int room = (8192 - 4096) / 4 * 3;

        assertThat(answered("", new byte[room]).has("body_truncated")).isFalse();
        JsonNode bytes = answered("", new byte[room + 1]);
        assertThat(bytes.get("body_truncated").booleanValue()).isTrue();
        assertThat(Base64.getDecoder().decode(bytes.get("base64").textValue())).hasSize(room);
        JsonNode text = answered("", ("é".repeat(room / 2 - 1) + "x" + "é".repeat(2)).getBytes(StandardCharsets.UTF_8));
        assertThat(text.get("body").textValue()).isEqualTo("é".repeat(room / 2 - 1) + "x");
        assertThat(text.get("body_truncated").booleanValue()).isTrue();
        assertThat(answered("", "\u0001".repeat(room).getBytes(StandardCharsets.UTF_8))
                        .has("base64"))
                .isTrue();
        sender.settings.put("leasehold.max-payload-bytes", "40");
        assertThat(answered("text/plain", new byte[1])).hasToString("{\"status\":200,\"body_truncated\":true}");
    }

    @Test
    void aBodyWithoutEndIsCutTooAndHungUpOn() throws InterruptedException {
        CountDownLatch hungUp = new CountDownLatch(1);
        peer.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (true) {
                    exchange.getResponseBody().write(new byte[65_536]);
                }
            } catch (IOException e) {
                hungUp.countDown();
            }
        });

        Outcome outcome = send("");

        assertThat(output(outcome).get("body_truncated").booleanValue()).isTrue();
        assertThat(outcome.output().size()).isLessThanOrEqualTo(1 << 20).isGreaterThan(1_000_000);
        assertThat(hungUp.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
