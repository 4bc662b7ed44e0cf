package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** What the sample application must do on every server. */
record SampleScenario(Api api) {

    /** What the application counts; the database may have been used before. */
    private record Counts(long invoices, long sent, long paid, long runs, long failed) {

        Counts plus(long invoices, long sent, long paid, long runs, long failed) {
            return new Counts(
                    this.invoices + invoices,
                    this.sent + sent,
                    this.paid + paid,
                    this.runs + runs,
                    this.failed + failed);
        }
    }

    private static final Pattern COUNTS =
            Pattern.compile("invoices=(\\d+) sent=(\\d+) paid=(\\d+) runs=(\\d+) failed=(\\d+)");

    void aRollbackTakesTheRunAlongAndACommitHasItDone() {
        Counts before = counts();
        post("?rollback=true");
        assertThat(counts()).isEqualTo(before);
        post("");
        await(before.plus(1, 1, 0, 1, 0));
    }

    void aPaymentAndWhatItSubmitsAreThereWithItsCompletionAndASecondPaymentFailsForGood() {
        Counts before = counts();
        String invoice = post("");
        await(before.plus(1, 1, 0, 1, 0));
        post("/" + invoice + "/payments");
        await(before.plus(1, 1, 1, 3, 0));
        post("/" + invoice + "/payments");
        await(before.plus(1, 1, 1, 4, 1));
    }

    private void await(Counts expected) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(counts()).isEqualTo(expected));
    }

    private Counts counts() {
        String text = api.get("api/invoices").raw().body();
        Matcher counts = COUNTS.matcher(text);
        assertThat(counts.matches()).as(text).isTrue();
        long[] numbers = IntStream.rangeClosed(1, 5)
                .mapToLong(i -> Long.parseLong(counts.group(i)))
                .toArray();
        return new Counts(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    private String post(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(api.at("api/invoices" + path)).POST(HttpRequest.BodyPublishers.noBody());
        Api.Answer answer = api.send(request);
        assertThat(answer.status()).isEqualTo(200);
        return answer.raw().body();
    }
}
