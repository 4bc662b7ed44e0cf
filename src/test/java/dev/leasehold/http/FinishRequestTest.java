package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.fault.Fault;
import dev.leasehold.fault.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinishRequestTest {

    private static final UUID RUN = UUID.fromString("0193e5a0-0000-7000-8000-00000000000a");
    private static final UUID ATTEMPT = UUID.fromString("0193e5a0-0000-7000-8000-00000000000b");
    private static final String NAMED = "'run_id':'" + RUN + "','attempt_id':'" + ATTEMPT + "','fence':7";

    @Test
    void aReportIsRead() {
        FinishRequest.Item item = item("{'result':'success','output':{'content_type':'text/x','text':'done'}}");
        Payload output = Payload.of("text/x", Payload.Form.TEXT, "done".getBytes(StandardCharsets.UTF_8));
        assertThat(item)
                .isEqualTo(new FinishRequest.Item(
                        RUN, new Report("w", RUN, ATTEMPT, 7, Outcome.success(output), null), null));
    }

    @Test
    void theFiveOutcomesAreRead() {
        assertThat(outcome("{'result':'success','consumption':[]}")).isEqualTo(Outcome.success());
        assertThat(outcome("{'result':'retryable_failure','error':'e','retry_in_secs':0.5}"))
                .isEqualTo(Outcome.retry("e", Duration.ofMillis(500)));
        assertThat(outcome("{'result':'terminal_failure','error':''}")).isEqualTo(Outcome.fail(""));
        assertThat(outcome("{'result':'timeout','error':'slow'}")).isEqualTo(Outcome.timeout("slow"));
        assertThat(outcome("{'result':'suspended','resume_in_secs':86400}"))
                .isEqualTo(Outcome.snooze(Duration.ofDays(1)));
    }

    @Test
    void theBytesOfAnOutputAreKept() {
        for (String document : new String[] {"{ 'a' : [1, 2.50,1E400] }", "null", "-0.0", "[ ]"}) {
            String json = document.replace('\'', '"');
            assertThat(outcome("{'result':'success','output':{'json': " + document + " }}")
                            .output())
                    .isEqualTo(Payload.of(null, Payload.Form.JSON, json.getBytes(StandardCharsets.UTF_8)));
        }
        String deepest = "[".repeat(100) + "]".repeat(100);
        assertThat(outcome("{'result':'success','output':{'json':" + deepest + "}}")
                        .output()
                        .text())
                .isEqualTo(deepest);
        String field = "attempts[0].outcome.output.json";
        refused(attempt("{'result':'success','output':{'json':[" + deepest + "]}}"), "invalid_request", field);
        refused(attempt("{'result':'success','output':{'json':{'a':1,'a':2}}}"), "invalid_request", field);
        refused(attempt("{'result':'success','output':{'json':'\\ud800'}}"), "invalid_request", field);
    }

    @Test
    void anOutputMayHaveAMebibyte() {
        String largest = "x".repeat(1 << 20);
        assertThat(outcome("{'result':'success','output':{'text':'" + largest + "'}}")
                        .output()
                        .size())
                .isEqualTo(1 << 20);
        rejected(
                "{'result':'success','output':{'text':'" + largest + "x'}}",
                "the output has 1048577 bytes; at most 1048576 are allowed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'result':'success','error':'e'} | Success outcome must not have an error detail, got: e",
                "{'result':'suspended','error':'e'} | Suspended outcome must not have an error detail, got: e",
                "{'result':'retryable_failure'} | Failure outcome must have an error detail",
                "{'result':'timeout','error':null} | Timeout outcome must have an error detail",
                "{'result':'timeout','error':'e','output':{'text':'x'}} | non-success outcome Timeout cannot carry output bytes",
                "{'result':'success','retry_in_secs':1} | Success outcome cannot carry retry_in_secs",
                "{'result':'suspended','retry_in_secs':1} | Suspended outcome cannot carry retry_in_secs",
                "{'result':'terminal_failure','error':'e','resume_in_secs':1} | Failure outcome cannot carry resume_in_secs",
                "{'result':'suspended','resume_in_secs':86400.1} | delay must be between 0 and 86400 seconds, got: PT24H0.1S",
                "{'result':'suspended','resume_in_secs':-1} | delay must be between 0 and 86400 seconds, got: PT-1S",
                "{'result':'success','output':{'content_type':'','text':'x'}} | the output's content_type must be 1 to 255 printable ASCII characters",
            })
    void anOutcomeThatBreaksARuleIsRejectedByItself(String outcome, String rule) {
        rejected(outcome, rule);
    }

    @Test
    void itsNeighboursAreHeard() {
        FinishRequest request = parse("{'owner':'w','attempts':[{" + NAMED + ",'outcome':{'result':'timeout'}},{"
                + NAMED + ",'outcome':{'result':'success'}}]}");
        assertThat(request.items().get(0).report()).isNull();
        assertThat(request.items().get(1).report()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'attempts':[{}]} | owner",
                "{'owner':'w'} | attempts",
                "{'owner':'w','attempts':[]} | attempts",
                "{'owner':'w','attempts':{}} | attempts",
                "{'owner':'w','attempts':[1]} | attempts[0]",
                "{'owner':'w','attempts':[{}]} | attempts[0].run_id",
                "{'owner':'w','attempts':[{'run_id':'x'}]} | attempts[0].run_id",
                "{'owner':'w','attempts':[{'run_id':'00000000-0000-0000-0000-000000000000'}]} | attempts[0].run_id",
                "{'owner':'w','attempts':[{'run_id':'0193e5a0-0000-7000-8000-00000000000a'}]} | attempts[0].attempt_id",
                "{'owner':'w','attempts':[{'x':1}]} | attempts[0].x",
                "{'owner':'w','attempts':[{@,'outcome':{'result':'won'}}]} | attempts[0].outcome.result",
                "{'owner':'w','attempts':[{@,'outcome':{}}]} | attempts[0].outcome.result",
                "{'owner':'w','attempts':[{@}]} | attempts[0].outcome",
                "{'owner':'w','attempts':[{@,'outcome':[]}]} | attempts[0].outcome",
                "{'owner':'w','attempts':[{@,'outcome':{'result':'success','x':1}}]} | attempts[0].outcome.x",
                "{'owner':'w','attempts':[{@,'outcome':{'result':'success','output':{}}}]} | attempts[0].outcome.output",
                "{'owner':'w','attempts':[{@,'outcome':{'result':'timeout','error':'\\u0000'}}]} | attempts[0].outcome.error",
                "{'owner':'w','attempts':[{@,'outcome':{'result':'suspended','resume_in_secs':'1'}}]} | attempts[0].outcome.resume_in_secs",
            })
    void aRequestOfAnotherShapeIsRefusedAsAWhole(String body, String field) {
        refused(body.replace("@", NAMED), "invalid_request", field);
    }

    @Test
    void aThousandReportsAreTheMost() {
        String report = "{" + NAMED + ",'outcome':{'result':'success'}}";
        assertThat(parse("{'owner':'w','attempts':[" + (report + ",").repeat(999) + report + "]}")
                        .items())
                .hasSize(1000);
        refused(
                "{'owner':'w','attempts':[" + (report + ",").repeat(1000) + report + "]}",
                "invalid_request",
                "attempts");
    }

    @Test
    void consumptionIsNotObeyedYet() {
        refused(
                attempt("{'result':'success','consumption':[{'dimension':'token','amount':1}]}"),
                "not_supported_yet",
                "attempts[0].outcome.consumption");
    }

    private static void rejected(String outcome, String rule) {
        FinishRequest.Item item = item(outcome);
        assertThat(item.runId()).isEqualTo(RUN);
        assertThat(item.report()).isNull();
        assertThat(item.refusal().code()).isEqualTo("invalid_outcome");
        assertThat(item.refusal().message()).isEqualTo(rule);
    }

    private static void refused(String body, String code, String field) {
        Fault refusal = catchThrowableOfType(Fault.class, () -> parse(body));
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.details()).containsEntry("field", field);
    }

    private static Outcome outcome(String outcome) {
        return item(outcome).report().outcome();
    }

    private static FinishRequest.Item item(String outcome) {
        return parse(attempt(outcome)).items().get(0);
    }

    private static String attempt(String outcome) {
        return "{'owner':'w','attempts':[{" + NAMED + ",'outcome':" + outcome + "}]}";
    }

    private static FinishRequest parse(String body) {
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return FinishRequest.of(JsonBody.read(bytes, InvalidRequest::new), 1 << 20);
    }
}
