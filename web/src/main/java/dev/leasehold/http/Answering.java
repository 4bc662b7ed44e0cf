package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import dev.leasehold.idempotency.Answer;
import dev.leasehold.idempotency.KeptAnswers;
import dev.leasehold.idempotency.KeptAnswers.Given;
import dev.leasehold.idempotency.Question;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests that change something: the work is done in one transaction, together with what is kept of the answer
 * for whoever sends the request again. Refusals are kept too, unless they may not hold the next time.
 */
@ApplicationScoped
public class Answering {

    /** What is answered again in place of an answer that was too long to be kept. */
    static final String TOO_LONG = "{\"replayed\":true,\"answer\":\"too long to be kept\"}";

    private static final Set<Integer> NOT_KEPT = Set.of(401, 403, 429);

    @Inject
    Repeats repeats;

    @Inject
    KeptAnswers kept;

    /**
     * Answers a request.
     *
     * @param reading reads it, outside of any transaction, and says what is to be done within one
     */
    Response answer(Caller caller, Posted posted, Function<Posted, Supplier<Answer>> reading) {
        String key = posted.key();
        if (key == null) {
            return response(new Given(repeats.call(reading.apply(posted)), false));
        }
        Supplier<Answer> work = read(posted, reading);
        Question question = new Question(caller, "POST", posted.path(), key, posted.digest());
        return response(repeats.call(() -> kept.answer(question, work)));
    }

    /** An answer with that view as its body. */
    static Answer answer(int status, @Nullable String location, Object view) {
        return new Answer(status, location, new String(Json.write(view), StandardCharsets.UTF_8));
    }

    static Answer ok(Object view) {
        return answer(200, null, view);
    }

    private static Supplier<Answer> read(Posted posted, Function<Posted, Supplier<Answer>> reading) {
        try {
            Supplier<Answer> work = reading.apply(posted);
            return () -> orRefusal(work);
        } catch (Fault fault) {
            return () -> refusal(fault);
        }
    }

    private static Answer orRefusal(Supplier<Answer> work) {
        try {
            return work.get();
        } catch (Fault fault) {
            return refusal(fault);
        }
    }

    private static Answer refusal(Fault fault) {
        Problem problem = Problem.of(fault);
        if (problem.status() >= 500 || NOT_KEPT.contains(problem.status())) {
            throw fault;
        }
        return new Answer(problem.status(), null, new String(problem.json(), StandardCharsets.UTF_8));
    }

    private static Response response(Given given) {
        Answer answer = given.answer();
        String body = answer.body() == null ? TOO_LONG : answer.body();
        return Response.status(answer.status())
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.LOCATION, answer.location())
                .header("Idempotency-Replayed", given.replayed() ? "true" : null)
                .entity(body.getBytes(StandardCharsets.UTF_8))
                .build();
    }
}
