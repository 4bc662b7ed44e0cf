package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the sample application must do on every server. */
record SampleScenario(Api api) {

    /** What the application counts; the database may have been used before. */
    private record Counts(long invoices, long sent, long runs) {}

    void aRollbackTakesTheRunAlongAndACommitHasItDone() {
        Counts before = counts();
        add("?rollback=true");
        assertThat(counts()).isEqualTo(before);
        add("");
        Counts after = new Counts(before.invoices() + 1, before.sent() + 1, before.runs() + 1);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(counts()).isEqualTo(after));
    }

    private Counts counts() {
        String text = api.get("api/invoices").raw().body();
        Matcher counts =
                Pattern.compile("invoices=(\\d+) sent=(\\d+) runs=(\\d+)").matcher(text);
        assertThat(counts.matches()).as(text).isTrue();
        return new Counts(
                Long.parseLong(counts.group(1)), Long.parseLong(counts.group(2)), Long.parseLong(counts.group(3)));
    }

    private void add(String query) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(api.at("api/invoices" + query)).POST(HttpRequest.BodyPublishers.noBody());
        assertThat(api.send(request).status()).isEqualTo(200);
    }
}
