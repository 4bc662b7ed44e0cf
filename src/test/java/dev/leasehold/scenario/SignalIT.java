package dev.leasehold.scenario;

import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.server.Api;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Signals (operations, A): recorded first, and the k-th wait for a name takes the k-th of that name. */
class SignalIT extends Scenarios {

    private static final String TWO_GO_THEN_STOP = "wait:go|wait:go|wait:stop|ok";

    @Test
    void s50_signalsAreRecordedFirst() {
        String task = submit(script(TWO_GO_THEN_STOP));
        String run = runId(task);
        send(run, "stop", "9");
        send(run, "go", "1");
        send(run, "go", "2");
        send(run, "never", "0");

        idle();

        assertThat(byId(run).get("state").asText()).isEqualTo("Completed");
        assertThat(received()).containsExactly("[]", "[go=1]", "[go=1, go=2]", "[go=1, go=2, stop=9]");
        assertThat(told(run)).containsExactly("stop 1", "go 1", "go 2", "never 1");
        JsonNode signals = api().get("api/v1/runs/" + run + "/signals?payloads=true")
                .body()
                .get("signals");
        assertThat(signals.findValuesAsText("name")).containsExactly("stop", "go", "go", "never");
        assertThat(signals.findValuesAsText("ordinal")).containsExactly("1", "1", "2", "1");
        assertThat(signals.at("/2/payload/json").asInt()).isEqualTo(2);
        assertThat(signals.findValues("wait_id")).hasSize(3);
        assertThat(signals.get(3).has("wait_id")).isFalse();
        refused(409, "not_running", trySend(run, "go", "{}"));
    }

    @Test
    void s50_whatIsRecordedOutlivesTheServer() {
        String run = runId(submit(script(TWO_GO_THEN_STOP)));
        send(run, "stop", "9");
        send(run, "go", "1");
        idle();
        assertThat(byId(run).get("state").asText()).isEqualTo("Suspended");

        restart();
        idle();
        assertThat(byId(run).get("state").asText()).isEqualTo("Suspended");
        JsonNode sent = send(run, "go", "2");
        assertThat(sent.get("ordinal").asInt()).isEqualTo(2);
        assertThat(sent.get("run_state").asText()).isEqualTo("Ready");
        assertThat(sent.has("wait_id")).isTrue();
        idle();

        assertThat(byId(run).get("state").asText()).isEqualTo("Completed");
        assertThat(received()).endsWith("[go=1, go=2]", "[go=1, go=2, stop=9]");
        assertThat(told(run)).containsExactly("stop 1", "go 1", "go 2");
        JsonNode verified = api().get("api/v1/runs/" + run + "/verify").body();
        assertThat(verified.get("ok").asBoolean()).as(verified.toString()).isTrue();
    }

    @Test
    void s50_whoWaitsIsToldWhatForAndHowToSendIt() {
        String run = Steps.in("Suspended");
        Api.Answer opened =
                api().post("api/v1/runs/" + run + "/waits", "{\"wait_id\":\"w\",\"kind\":\"signal\",\"name\":\"go\"}");
        assertThat(opened.status()).as(opened.raw().body()).isEqualTo(201);
        assertThat(opened.body().get("name").asText()).isEqualTo("go");
        String call = "/api/v1/runs/" + run + "/signals/go";

        JsonNode explained = api().get("api/v1/runs/" + run + "/explain").body();
        assertThat(explained.findValuesAsText("action")).contains("POST " + call);
        assertThat(api().get("api/v1/runs/" + run + "/observability").raw().body())
                .contains("POST " + call);
        refused(409, "wait_takes_signals", api().post("api/v1/waits/w/resolve", "{\"idempotency_key\":\"k\"}"));

        assertThat(send(run, "go", "{\"by\":\"me\"}").get("wait_id").asText()).isEqualTo("w");
        JsonNode wait =
                api().get("api/v1/runs/" + run + "/waits?payloads=true").body().at("/waits/0");
        assertThat(wait.get("status").asText()).isEqualTo("woken");
        assertThat(wait.at("/payload/json/by").asText()).isEqualTo("me");
        assertThat(api().get("api/v1/runs/" + run + "/waits").raw().body()).doesNotContain("payload");
    }

    @Test
    void s50_aWorkerElsewhereSuspendsForASignal() {
        String run = Steps.running();
        JsonNode lease = byId(run).get("lease");
        String suspended = "{'owner':'w1','attempts':[{'run_id':'" + run + "','attempt_id':'" + Steps.attempt(run)
                + "','fence':" + lease.get("fence") + ",'outcome':{'result':'suspended','wait':"
                + "{'kind':'signal','name':'go','timeout':{'timeout_at':5000,'on_timeout':'cancel'}}}}]}";
        JsonNode first = finish(suspended);
        assertThat(first.get("state").asText()).isEqualTo("Suspended");
        assertThat(finish(suspended).get("duplicate").asBoolean()).isTrue();
        JsonNode waits = api().get("api/v1/runs/" + run + "/waits").body().get("waits");
        assertThat(waits).hasSize(1);
        assertThat(waits.get(0).get("timeout").get("on_timeout").asText()).isEqualTo("cancel");
        assertThat(finish(suspended.replace("'go'", "'stop'")).get("error").asText())
                .isEqualTo("no_active_attempt");

        assertThat(send(run, "go", "1").get("run_state").asText()).isEqualTo("Ready");
    }

    @Test
    void s50_whatIsMalformedIsRefused() {
        String run = Steps.in("Suspended");
        refused(422, "invalid_request", trySend(run, "no%20name", "{}"));
        refused(422, "invalid_request", trySend(run, "go", "{\"payload\":1}"));
        refused(422, "invalid_request", trySend(run, "go", "{\"more\":1}"));
        refused(404, "run_not_found", trySend("00000000-0000-7000-8000-00000000ffff", "go", "{}"));
        refused(422, "invalid_request", tryOpen(run, "{\"wait_id\":\"w\",\"kind\":\"signal\"}"));
        refused(422, "invalid_request", tryOpen(run, "{\"wait_id\":\"w\",\"kind\":\"external\",\"name\":\"go\"}"));
        assertThat(api().get("api/v1/runs/" + run + "/signals").body().get("signals"))
                .isEmpty();
        assertThat(api().get("api/v1/runs/" + run + "/signals?after=x").status())
                .isEqualTo(422);
    }

    private static JsonNode finish(String body) {
        return api().post("api/v1/attempts/finish", body.replace('\'', '"'))
                .body()
                .at("/results/0");
    }

    private static JsonNode send(String run, String name, String json) {
        Api.Answer answer = trySend(run, name, "{\"payload\":{\"json\":" + json + "}}");
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        return answer.body();
    }

    private static Api.Answer trySend(String run, String name, String body) {
        return api().post("api/v1/runs/" + run + "/signals/" + name, body);
    }

    private static Api.Answer tryOpen(String run, String body) {
        return api().post("api/v1/runs/" + run + "/waits", body);
    }

    private static void refused(int status, String error, Api.Answer answer) {
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
        assertThat(answer.body().get("error").asText()).isEqualTo(error);
    }

    /** What the handler found at each call. */
    private static List<String> received() {
        List<String> all = new ArrayList<>();
        for (JsonNode call : callsInFull()) {
            List<String> texts = new ArrayList<>();
            call.get("received").forEach(one -> texts.add(one.asText()));
            all.add(texts.toString());
        }
        return all;
    }

    private static List<String> told(String run) {
        List<String> all = new ArrayList<>();
        for (JsonNode event : api().get("api/v1/runs/" + run + "/events").body().get("events")) {
            if (event.get("event_type").asText().equals("signal.received")) {
                JsonNode data = event.get("data");
                all.add(data.get("signal").asText() + " " + data.get("ordinal"));
            }
        }
        return all;
    }
}
