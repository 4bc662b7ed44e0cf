package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leasehold.api.Backoff;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Payload;
import dev.leasehold.api.Repeat;
import dev.leasehold.fault.Fault;
import dev.leasehold.settings.Settings;
import dev.leasehold.task.Admission;
import dev.leasehold.task.TaskSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskRequestTest {

    @Test
    void aStringIsAsLongAsItsBodyMayBe() {
        String longest = "x".repeat(20_000_001);
        for (String form : List.of("text", "json")) {
            String body = "{\"type\":\"t\",\"payload\":{\"" + form + "\":\"" + longest + "\"}}";
            assertThat(read(bytes(body)).payload().text()).contains(longest);
        }
        assertThat(JsonBody.isDocument(bytes("\"" + longest + "\""))).isTrue();
    }

    @Test
    void onlyATypeIsNeeded() {
        assertThat(parse("{'type':'t'}")).isEqualTo(NewTask.of("t"));
    }

    @Test
    void everyMemberThatIsObeyedIsRead() {
        NewTask task = parse("""
                {"id":"0193E5A0-0000-7000-8000-00000000000A","type":"invoice.send","queue":"q",
                 "payload":{"content_type":"text/x","text":"hé"},"run_policy":"Once","scheduled_at":1700000000.1234569,
                 "constraints":{"max_attempts":3,"safety_level":"Idempotent",
                   "backoff":{"strategy":"linear","delay_secs":0.0000019,"factor":2.5,"max_delay_secs":60,"jitter":0}},
                 "metadata":{"tags":["a","b"],"priority":-7,"description":"d"}}""");
        assertThat(task)
                .isEqualTo(new NewTask(
                        UUID.fromString("0193e5a0-0000-7000-8000-00000000000a"),
                        "invoice.send",
                        "q",
                        Payload.of("text/x", Payload.Form.TEXT, "hé".getBytes(StandardCharsets.UTF_8)),
                        null,
                        Instant.ofEpochSecond(1_700_000_000, 123_456_000),
                        3,
                        new Backoff(Backoff.Strategy.LINEAR, Duration.ofNanos(1000), 2.5, Duration.ofSeconds(60), 0),
                        null,
                        "Idempotent",
                        new NewTask.Metadata(List.of("a", "b"), -7, "d"),
                        NewTask.Gates.NONE));
    }

    @Test
    void aRepetitionAndATimeoutAreRead() {
        NewTask task = parse("""
                {"type":"t","run_policy":{"Repeat":{"count":3,"interval_secs":60.5}},"constraints":{"timeout_secs":0.5}}""");
        assertThat(task)
                .isEqualTo(NewTask.of("t")
                        .repeat(new Repeat(3, Duration.ofMillis(60_500)))
                        .timeout(Duration.ofMillis(500)));
    }

    @Test
    void aNullMemberIsAbsentAndWhatHoldsAnywayIsAccepted() {
        assertThat(parse("""
                {"id":null,"type":"t","queue":null,"payload":null,"run_policy":null,"scheduled_at":null,"unique":null,
                 "expires_at":null,"rate":null,"parent_task_id":null,"depends_on":[],
                 "metadata":{"tags":null,"priority":null,"description":null},
                 "constraints":{"max_attempts":null,"timeout_secs":null,"concurrency_key":null,"safety_level":null,
                   "concurrency_key_hold_policy":null,"required_capabilities":null,"backoff":null}}""")).isEqualTo(NewTask.of("t"));
    }

    @Test
    void aBackoffTakesWhatItLeavesOutFromTheDefault() {
        assertThat(backoff("{}")).isEqualTo(Backoff.DEFAULT);
        assertThat(backoff("{'strategy':'fixed','delay_secs':7200}"))
                .isEqualTo(new Backoff(Backoff.Strategy.FIXED, Duration.ofHours(2), 2, Duration.ofHours(2), 0.1));
        assertThat(backoff("{'delay_secs':1}").maxDelay()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void theDefaultIsTheNodes() {
        Backoff usual = new Backoff(Backoff.Strategy.LINEAR, Duration.ofSeconds(7), 3, Duration.ofSeconds(70), 0.5);
        byte[] body = bytes("{\"type\":\"t\",\"constraints\":{\"backoff\":{\"delay_secs\":1}}}");

        assertThat(TaskRequest.parse(body, new Admission(1, usual, 1)).backoff())
                .isEqualTo(new Backoff(Backoff.Strategy.LINEAR, Duration.ofSeconds(1), 3, Duration.ofSeconds(70), 0.5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"a\" : [1, 2.50,1E400, {}] ,\t\"b\":\"\\u00e9é\\ud83d\\ude00\" }",
                "\"text with \\\"quotes\\\" and €\"",
                "-12.50",
                "1",
                "true",
                "null",
                "[]",
                "[ ]"
            })
    void theBytesOfJsonAreKept(String document) {
        for (String space : List.of("", " ", "\n\t ")) {
            for (String rest : List.of("", ",\"content_type\":\"x\"")) {
                String body = "{\"type\":\"té\",\"payload\":{\"json\":" + space + document + space + rest + "}}";
                Payload payload = read(bytes(body.replace("té", "t"))).payload();
                assertThat(payload.form()).isEqualTo(Payload.Form.JSON);
                assertThat(payload.text()).isEqualTo(document);
            }
        }
    }

    @Test
    void whatStandsBeforeJsonDoesNotShiftItsBytes() {
        String body = "{\"metadata\":{\"description\":\"é€😀\"},\"type\":\"t\",\"payload\":{\"json\":[\"é\", 1.0]}}";
        assertThat(read(bytes(body)).payload().text()).isEqualTo("[\"é\", 1.0]");
    }

    @Test
    void longNumbersAndNamesInsideJsonAreKept() {
        String document = "{\"" + "n".repeat(60_000) + "\":" + "9".repeat(5_000) + "}";
        assertThat(json(document).text()).isEqualTo(document);
    }

    @Test
    void textAndBase64AreDecoded() {
        assertThat(payload("{'text':'','json':null,'base64':null}"))
                .isEqualTo(Payload.of(null, Payload.Form.TEXT, new byte[0]));
        assertThat(payload("{'base64':'AP8=','content_type':'x/y'}"))
                .isEqualTo(Payload.of("x/y", Payload.Form.BASE64, new byte[] {0, -1}));
    }

    @Test
    void jsonMayBeAHundredDeep() {
        String deepest = "[".repeat(100) + "]".repeat(100);
        assertThat(json(deepest).text()).isEqualTo(deepest);
        refused("{'type':'t','payload':{'json':[" + deepest + "]}}", "invalid_task", "payload.json");
        refused(
                "{'type':'t','payload':{'json':" + "{'a':".repeat(101) + "1" + "}".repeat(103),
                "invalid_task",
                "payload.json");
        assertThat(refusal(bytes("{\"rate\":" + "[".repeat(5_000))).details())
                .containsEntry("reason", "must not be nested more than 100 deep");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | body | must be an object",
                "7 | body | must be an object",
                "{} | type | is required",
                "{'type':null} | type | is required",
                "{'type':5} | type | must be a string",
                "{'type':'t','bogus':1} | bogus | is not known",
                "{'type':'t','bogus':null} | bogus | is not known",
                "{'type':'t','payload.json':1} | payload.json | is not known",
                "{'type':'t','tenant_id':'x'} | tenant_id | is not known",
                "{'type':'t','metadata':{'x':1}} | metadata.x | is not known",
                "{'type':'t','constraints':{'backoff':{'y':1}}} | constraints.backoff.y | is not known",
                "{'type':'t','id':'x'} | id | must be a UUID",
                "{'type':'t','id':'1-1-1-1-1'} | id | must be a UUID",
                "{'type':'t','id':5} | id | must be a string",
                "{'type':'t','queue':[]} | queue | must be a string",
                "{'type':'t','scheduled_at':'5'} | scheduled_at | must be a number",
                "{'type':'t','scheduled_at':1e101} | scheduled_at | is out of range",
                "{'type':'t','scheduled_at':1e99999999999} | scheduled_at | is out of range",
                "{'type':'t','metadata':[]} | metadata | must be an object",
                "{'type':'t','metadata':{'tags':'a'}} | metadata.tags | must be an array of strings",
                "{'type':'t','metadata':{'tags':['a',null]}} | metadata.tags[1] | must be a string",
                "{'type':'t','metadata':{'priority':2147483648}} | metadata.priority"
                        + " | must be an integer between -2147483648 and 2147483647",
                "{'type':'t','metadata':{'priority':-2147483649}} | metadata.priority"
                        + " | must be an integer between -2147483648 and 2147483647",
                "{'type':'t','metadata':{'priority':0.5}} | metadata.priority"
                        + " | must be an integer between -2147483648 and 2147483647",
                "{'type':'t','metadata':{'priority':true}} | metadata.priority | must be an integer",
                "{'type':'t','constraints':{'backoff':{'strategy':'FIXED'}}} | constraints.backoff.strategy"
                        + " | must be one of fixed, linear, exponential",
                "{'type':'t','payload':{}} | payload | must have exactly one of json, text and base64",
                "{'type':'t','payload':{'text':'','json':1}} | payload | must have exactly one of json, text and base64",
                "{'type':'t','payload':{'text':'','base64':''}} | payload"
                        + " | must have exactly one of json, text and base64",
                "{'type':'t','payload':{'text':1}} | payload.text | must be a string",
                "{'type':'t','payload':'x'} | payload | must be an object",
                "{'type':'t','payload':{'base64':'?'}} | payload.base64 | must be base64 (RFC 4648, section 4)",
                "{'type':'t','payload':{'bytes':[1]}} | payload.bytes | is not known",
                "{'type':'t','type':'u'} | type | is given twice",
                "{'type':null,'type':'u'} | type | is given twice",
                "{'type':'t','metadata':{'tags':[],'tags':[]}} | metadata.tags | is given twice",
                "{'type':'t','payload':{'json':{'a':[{'b':1,'b':1}]}}} | payload.json | has a member twice: b",
                "{'type':'\\u0000'} | type | must not contain U+0000 or a lone surrogate",
                "{'type':'\\ud800'} | type | must not contain U+0000 or a lone surrogate",
                "{'type':'t','payload':{'text':'a\\u0000'}} | payload.text"
                        + " | must not contain U+0000 or a lone surrogate",
                "{'type':'t','payload':{'json':['\\udc00x']}} | payload.json"
                        + " | must not contain U+0000 or a lone surrogate",
                "{'type':'t','payload':{'json':{'\\u0000':1}}} | payload.json"
                        + " | must not contain U+0000 or a lone surrogate",
                "{'type':'t','run_policy':'Twice'} | run_policy"
                        + " | must be \"Once\", {\"Repeat\": …} or {\"Cron\": …}",
                "{'type':'t','run_policy':{}} | run_policy | must be \"Once\", {\"Repeat\": …} or {\"Cron\": …}",
                "{'type':'t','run_policy':{'Repeat':{'interval_secs':1}}} | run_policy.Repeat.count | is required",
                "{'type':'t','rate':{}} | rate.name | is required",
                "{'type':'t','rate':{'name':'a','limit':1}} | rate.period_secs | is required",
                "{'type':'t','rate':{'name':'a','limit':1,'period_secs':1,'burst':2}} | rate.burst | is not known",
                "{'type':'t','unique':{'key':'k'}} | unique.until | is required",
                "{'type':'t','unique':{'key':'k','until':'x'}} | unique.until"
                        + " | must be one of started, finished, forever",
                "{'type':'t','unique':{'key':'k','until':'started','on_conflict':'x'}} | unique.on_conflict"
                        + " | must be one of existing, reject",
                "{'type':'t','constraints':{'concurrency_key_hold_policy':'x'}}"
                        + " | constraints.concurrency_key_hold_policy | must be one of HoldDuringRetry, ReleaseOnRetry"
            })
    void isRefusedAsAnInvalidTask(String body, String field, String reason) {
        refused(body, "invalid_task", field, "invalid task " + field + ": " + reason, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | expression | is required",
                "{'expression':7} | expression | must be a string",
                "{'expression':'@daily','time_zone':1} | time_zone | must be a string",
                "{'expression':'@daily','dst_gap':'SHIFT'} | dst_gap | must be one of shift, skip",
                "{'expression':'@daily','dst_overlap':'last'} | dst_overlap | must be one of first, both",
                "{'expression':'@daily','misfire':'some'} | misfire | must be one of once, skip, all, {\"all\": n}",
                "{'expression':'@daily','misfire':3} | misfire | must be one of once, skip, all, {\"all\": n}",
                "{'expression':'@daily','misfire':{}} | misfire.all | is required",
                "{'expression':'@daily','misfire':{'all':1,'b':2}} | misfire.b | is not known",
                "{'expression':'@daily','overlap':'buffer'} | overlap"
                        + " | must be one of allow, skip, buffer_one, cancel_previous",
                "{'expression':'@daily','max_occurrences':1.5} | max_occurrences"
                        + " | must be an integer between -2147483648 and 2147483647",
                "{'expression':'@daily','year':1} | year | is not known"
            })
    void aCronPolicyIsReadStrictly(String policy, String field, String reason) {
        refused(
                "{'type':'t','run_policy':{'Cron':" + policy + "}}",
                "invalid_task",
                "run_policy.Cron." + field,
                "invalid task run_policy.Cron." + field + ": " + reason,
                reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'expression':'@daily'}",
                "{'expression':' 0 0 9 * *\tMON-FRI'}",
                "{'expression':'0 9 * * *','time_zone':'Europe/Vienna','max_occurrences':3,'dst_gap':'skip',"
                        + "'dst_overlap':'both','misfire':{'all':3},'misfire_after_secs':1.5,'overlap':'buffer_one'}",
                "{'expression':'0 9 * * *','misfire':'once','overlap':'cancel_previous'}",
                "{'expression':'0 9 * * *','misfire':'skip','overlap':'allow'}",
                "{'expression':'0 9 * * *','dst_gap':'shift','dst_overlap':'first','misfire':'all','overlap':'skip'}"
            })
    void aCronPolicyReadsBackAsItWasGiven(String policy) {
        String json = "{\"Cron\":" + policy.replace('\'', '"').replace("\t", "\\t") + "}";
        NewTask task = read(bytes("{\"type\":\"t\",\"run_policy\":" + json + "}"));

        assertThat(TaskSpec.of(task, new UUID(1, 1), Instant.EPOCH, Admission.of(new Settings(key -> null)))
                        .runPolicy())
                .isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'parent_task_id':'0193e5a0-0000-7000-8000-00000000000a' | parent_task_id",
                "'depends_on':['0193e5a0-0000-7000-8000-00000000000a'] | depends_on"
            })
    void whatIsNotObeyedIsNotAccepted(String member, String field) {
        refused("{'type':'t'," + member + "}", "not_supported_yet", field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{'type':'t'",
                "{'type':'t'} x",
                "{'type':'t'}{}",
                "{'type':tru}",
                "{'type':01}",
                "{'type':NaN}",
                "{'type':'\t'}",
                "{type:'t'}",
                "{'type':'t',}",
                "{'type':'t'}//"
            })
    void whatIsNoJsonIsMalformed(String body) {
        Fault refusal = refusal(bytes(body.replace('\'', '"')));
        assertThat(refusal.code()).isEqualTo("malformed_json");
        assertThat(refusal.details()).containsEntry("line", 1).containsKey("column");
        assertThat(Problem.of(refusal).status()).isEqualTo(400);
    }

    @Test
    void theLineAndColumnOfAMistakeAreNamed() {
        assertThat(refusal(bytes("{\n  \"type\": !\n}")).details()).isEqualTo(Map.of("line", 2, "column", 11));
    }

    @Test
    void onlyUtf8IsRead() {
        byte[] overlong = bytes("{\n\"type\":\"??\"}");
        overlong[10] = (byte) 0xC0;
        overlong[11] = (byte) 0x80;
        assertThat(refusal(overlong).details()).isEqualTo(Map.of("line", 2, "column", 9));
        assertThat(refusal("{\"type\":\"t\"}".getBytes(StandardCharsets.UTF_16LE))
                        .code())
                .isEqualTo("malformed_json");
        byte[] surrogate = bytes("{\"type\":\"???\"}");
        surrogate[9] = (byte) 0xED;
        surrogate[10] = (byte) 0xA0;
        surrogate[11] = (byte) 0x80;
        assertThat(refusal(surrogate).code()).isEqualTo("malformed_json");
    }

    @Test
    void manyValuesOutsideThePayloadAreRefused() {
        String many = "1,".repeat(100_001) + "1";
        refused("{'type':'t','rate':[" + many + "]}", "invalid_task", "rate[99997]");
        assertThat(json("[" + many + "]").size()).isEqualTo(many.length() + 2);
    }

    private static void refused(String body, String code, String field, String message, String reason) {
        Fault refusal = refused(body, code, field);
        assertThat(refusal.message()).isEqualTo(message);
        assertThat(refusal.details()).isEqualTo(Map.of("field", field, "reason", reason));
    }

    private static Fault refused(String body, String code, String field) {
        Fault refusal = refusal(bytes(body.replace('\'', '"')));
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.details()).containsEntry("field", field);
        assertThat(Problem.of(refusal).status()).isEqualTo(422);
        return refusal;
    }

    private static Fault refusal(byte[] body) {
        Fault refusal = catchThrowableOfType(Fault.class, () -> read(body));
        assertThat(refusal).as("refusal").isNotNull();
        return refusal;
    }

    private static Payload json(String document) {
        return read(bytes("{\"type\":\"t\",\"payload\":{\"json\":" + document + "}}"))
                .payload();
    }

    private static Payload payload(String payload) {
        return parse("{'type':'t','payload':" + payload + "}").payload();
    }

    private static Backoff backoff(String backoff) {
        return parse("{'type':'t','constraints':{'backoff':" + backoff + "}}").backoff();
    }

    private static NewTask parse(String body) {
        return read(bytes(body.replace('\'', '"')));
    }

    private static NewTask read(byte[] body) {
        return TaskRequest.parse(body, Admission.of(new Settings(key -> null)));
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
