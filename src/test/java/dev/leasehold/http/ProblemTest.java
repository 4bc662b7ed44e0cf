package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.fault.Fault;
import dev.leasehold.fault.InvalidRequest;
import jakarta.ejb.EJBException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {

    private static final class Refusal extends Fault {
        private static final long serialVersionUID = 1L;

        Refusal(Kind kind) {
            super(kind, "code", "message", Map.of("n", 1));
        }
    }

    @Test
    void everyKindHasAStatusOfItsOwn() {
        assertThat(Arrays.stream(Fault.Kind.values())
                        .collect(Collectors.toMap(
                                kind -> kind,
                                kind -> Problem.of(new Refusal(kind)).status())))
                .isEqualTo(Map.ofEntries(
                        Map.entry(Fault.Kind.MALFORMED, 400),
                        Map.entry(Fault.Kind.FORBIDDEN, 403),
                        Map.entry(Fault.Kind.NOT_FOUND, 404),
                        Map.entry(Fault.Kind.NOT_ALLOWED, 405),
                        Map.entry(Fault.Kind.NOT_ACCEPTABLE, 406),
                        Map.entry(Fault.Kind.CONFLICT, 409),
                        Map.entry(Fault.Kind.GONE, 410),
                        Map.entry(Fault.Kind.TOO_LARGE, 413),
                        Map.entry(Fault.Kind.UNSUPPORTED_MEDIA, 415),
                        Map.entry(Fault.Kind.INVALID, 422),
                        Map.entry(Fault.Kind.TOO_MANY, 429),
                        Map.entry(Fault.Kind.UNAVAILABLE, 503)));
    }

    @Test
    void aRefusalIsWrittenInThreeMembers() {
        assertThat(text(Problem.of(new Refusal(Fault.Kind.CONFLICT))))
                .isEqualTo("{\"error\":\"code\",\"message\":\"message\",\"details\":{\"n\":1}}");
    }

    @Test
    void onlyWhatIsUnavailableMayBeAskedForAgain() {
        assertThat(Problem.of(new Refusal(Fault.Kind.UNAVAILABLE)).retryAfter()).isEqualTo(1);
        assertThat(Problem.of(new Refusal(Fault.Kind.CONFLICT)).retryAfter()).isNull();
    }

    @Test
    void aRefusalIsFoundUnderWhatTheContainerWrapsAroundIt() {
        Refusal refusal = new Refusal(Fault.Kind.NOT_FOUND);
        assertThat(Problem.ofThrown(new EJBException(new IllegalStateException(refusal))))
                .isEqualTo(Problem.of(refusal));
    }

    @Test
    void aFailureShowsNothingButAnId() {
        Problem problem = Problem.ofThrown(new IllegalStateException("password is hunter2"));
        assertThat(problem.status()).isEqualTo(500);
        assertThat(text(problem))
                .matches(
                        "\\{\"error\":\"internal_error\",\"message\":\"internal error [0-9a-f-]{36}\",\"details\":\\{}}");
    }

    @Test
    void aHalfSurrogateInARefusalCanBeWritten() {
        assertThat(text(Problem.of(new InvalidRequest("a\ud800", "\u0000"))))
                .isEqualTo("{\"error\":\"invalid_request\",\"message\":\"a\ufffd: \ufffd\","
                        + "\"details\":{\"field\":\"a\ufffd\",\"reason\":\"\ufffd\"}}");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 406, 413, 414, 415, 431, 503})
    void whatTheServerRefusesHasACodeToo(int status) {
        Problem problem = Problem.ofStatus(status);
        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.error()).matches("[a-z_]+").isNotEqualTo("internal_error");
        assertThat(problem.details()).isEmpty();
    }

    private static String text(Problem problem) {
        return new String(problem.json(), StandardCharsets.UTF_8);
    }
}
