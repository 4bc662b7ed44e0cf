package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leasehold.fault.Fault;
import dev.leasehold.fault.InvalidRequest;
import dev.leasehold.lease.ClaimRuns;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseRequestTest {

    private static final Duration USUAL = Duration.ofSeconds(60);

    @Test
    void onlyAnOwnerIsNeeded() {
        assertThat(parse("{'owner':'w'}"))
                .isEqualTo(new LeaseRequest(
                        new ClaimRuns.Request(
                                new ClaimRuns.Holder("w", null),
                                new ClaimRuns.Filter(null, null, List.of(), List.of()),
                                1,
                                USUAL,
                                false),
                        Duration.ZERO,
                        null));
    }

    @Test
    void everyMemberIsRead() {
        assertThat(parse("""
                {'owner':'w é','max':1000,'lease_secs':3.5,'wait_secs':60,'queues':['a'],'types':['b','c:1'],
                 'capabilities':['gpu'],'start':true,'claim_id':'0193E5A0-0000-7000-8000-00000000000A'}"""))
                .isEqualTo(new LeaseRequest(
                        new ClaimRuns.Request(
                                new ClaimRuns.Holder("w é", null),
                                new ClaimRuns.Filter(List.of("b", "c:1"), List.of("a"), List.of(), List.of("gpu")),
                                1000,
                                Duration.ofMillis(3500),
                                true),
                        Duration.ofSeconds(60),
                        UUID.fromString("0193e5a0-0000-7000-8000-00000000000a")));
    }

    @Test
    void aNullMemberIsAbsent() {
        assertThat(parse("""
                {'owner':'w','max':null,'lease_secs':null,'wait_secs':null,'queues':null,'types':null,
                 'capabilities':null,'start':null,'claim_id':null}""")).isEqualTo(parse("{'owner':'w'}"));
    }

    @Test
    void limitsAreKeptToTheLast() {
        String longest = "x".repeat(255);
        assertThat(parse("{'owner':'" + longest + "'}").owner()).isEqualTo(longest);
        refused("{'owner':'" + longest + "x'}", "owner", "must have 1 to 255 characters, none of them a control");
        String many = "'a',".repeat(999) + "'a'";
        assertThat(parse("{'owner':'w','types':[" + many + "]}")
                        .claim()
                        .filter()
                        .types())
                .hasSize(1000);
        refused("{'owner':'w','types':[" + many + ",'a']}", "types", "must have 1 to 1000 entries");
        String able = "'" + "c".repeat(128) + "',";
        parse("{'owner':'w','capabilities':[" + able.repeat(31) + "'c']}");
        refused(
                "{'owner':'w','capabilities':[" + able.repeat(32) + "'c']}",
                "capabilities",
                "must have 1 to 32 entries");
        refused(
                "{'owner':'w','capabilities':['" + "c".repeat(129) + "']}",
                "capabilities[0]",
                "must have 1 to 128 characters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | owner | is required",
                "{'owner':''} | owner | must have 1 to 255 characters, none of them a control",
                "{'owner':'a\\u0007'} | owner | must have 1 to 255 characters, none of them a control",
                "{'owner':'a\\u0000'} | owner | must not contain U+0000 or a lone surrogate",
                "{'owner':'a\\ud800'} | owner | must not contain U+0000 or a lone surrogate",
                "{'owner':7} | owner | must be a string",
                "{'owner':'w','node':'x'} | node | is not known",
                "{'owner':'w','max':0} | max | must be an integer between 1 and 1000",
                "{'owner':'w','max':1001} | max | must be an integer between 1 and 1000",
                "{'owner':'w','max':1.5} | max | must be an integer between 1 and 1000",
                "{'owner':'w','max':'1'} | max | must be an integer",
                "{'owner':'w','lease_secs':2.999} | lease_secs | must be between 3 and 86400",
                "{'owner':'w','lease_secs':86400.1} | lease_secs | must be between 3 and 86400",
                "{'owner':'w','wait_secs':-1} | wait_secs | must be between 0 and 60",
                "{'owner':'w','wait_secs':61} | wait_secs | must be between 0 and 60",
                "{'owner':'w','wait_secs':true} | wait_secs | must be a number",
                "{'owner':'w','types':[]} | types | must have 1 to 1000 entries",
                "{'owner':'w','types':['a b']} | types[0] | must be 1 to 128 of letters, digits and . _ - :",
                "{'owner':'w','queues':['a',1]} | queues[1] | must be a string",
                "{'owner':'w','queues':{}} | queues | must be an array of strings",
                "{'owner':'w','capabilities':[]} | capabilities | must have 1 to 32 entries",
                "{'owner':'w','capabilities':['']} | capabilities[0] | must have 1 to 128 characters",
                "{'owner':'w','start':1} | start | must be true or false",
                "{'owner':'w','claim_id':'x'} | claim_id | must be a UUID",
                "{'owner':'w','claim_id':'00000000-0000-0000-0000-000000000000'} | claim_id | must not be the nil UUID",
            })
    void whatCannotBeIsRefused(String body, String field, String reason) {
        refused(body, field, reason);
    }

    private static void refused(String body, String field, String reason) {
        Fault refusal = catchThrowableOfType(Fault.class, () -> parse(body));
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal.code()).isEqualTo("invalid_request");
        assertThat(refusal.details()).containsEntry("field", field).containsEntry("reason", reason);
    }

    private static LeaseRequest parse(String body) {
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return LeaseRequest.of(JsonBody.read(bytes, InvalidRequest::new), USUAL);
    }
}
