package dev.leasehold.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.run.Tally;
import dev.leasehold.run.Tally.Ask;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a random client says to nodes, any of them at a time: it knows which answers it may get, and counts them. */
final class Dialogue {

    /** How often a question is put again that was not answered. */
    static final int MOST_REPEATS = 5;

    /**
     * A question.
     *
     * @param version the only one at which it is to be done; null for any
     */
    record Question(
            String method,
            String path,
            String body,
            @Nullable String version) {

        static Question post(String path, String body) {
            return new Question("POST", path, body, null);
        }

        static Question put(String path, String body) {
            return new Question("PUT", path, body, null);
        }
    }

    private final List<Api> nodes;
    private final String name;
    private final Random random;
    private final Tally tally;
    private final List<String> surprises = new ArrayList<>();
    private int unanswered;

    Dialogue(List<Api> nodes, String name, Random random, Tally tally) {
        this.nodes = nodes;
        this.name = name;
        this.random = random;
        this.tally = tally;
    }

    String name() {
        return name;
    }

    /** Answers that may not be. */
    List<String> surprises() {
        return surprises;
    }

    /** How often a node could not say what became of a command. */
    int unanswered() {
        return unanswered;
    }

    /** An answer of 200 or 201, or a refusal for one of those reasons; it is counted. */
    Optional<JsonNode> ask(Ask ask, Question question, Set<String> refusals) {
        Optional<Api.Answer> answer = send(question);
        answer.ifPresent(one -> {
            String error = one.status() + " " + one.body().path("error").asText();
            boolean refused = refusals.contains(error);
            if (!refused && !isDone(one)) {
                surprise("ORDER: " + question + " is answered " + one.status() + " " + one.body());
            }
            count(ask, !refused && !one.body().path("status").asText().startsWith("already"));
        });
        return answer.map(Api.Answer::body);
    }

    /** An order that has to be refused, and for that reason. */
    void askWrongly(Ask ask, Question question, String refusal) {
        send(question).ifPresent(one -> {
            String error = one.status() + " " + one.body().path("error").asText();
            count(ask, false);
            if (!error.equals(refusal)) {
                surprise("ORDER: a wrong " + question + " is answered " + one.status() + " " + one.body());
            }
        });
    }

    /** The same until it is answered. */
    void insist(Ask ask, Question question, Set<String> refusals) {
        for (int i = 0; i < MOST_REPEATS; i++) {
            if (ask(ask, question, refusals).isPresent()) {
                return;
            }
        }
    }

    /** An answer of 200 that says for itself what is to be counted. */
    Optional<JsonNode> ask(Question question) {
        Optional<Api.Answer> answer = send(question);
        answer.filter(one -> !isDone(one))
                .ifPresent(one ->
                        surprise("COMMANDS_ANSWER: " + question + " is answered " + one.status() + " " + one.body()));
        return answer.map(Api.Answer::body);
    }

    private static boolean isDone(Api.Answer answer) {
        return answer.status() == 200 || answer.status() == 201;
    }

    /** The answer; nothing where the node lost its connection and says that it does not know, which it may. */
    private Optional<Api.Answer> send(Question question) {
        Api node = pick(nodes);
        HttpRequest.Builder request = HttpRequest.newBuilder(node.at("api/v1/" + question.path()))
                .header("Content-Type", "application/json")
                .method(question.method(), HttpRequest.BodyPublishers.ofString(question.body()));
        if (question.version() != null) {
            request.header("If-Match", "\"" + question.version() + "\"");
        }
        Api.Answer answer = node.send(request);
        if (answer.status() == 503) {
            unanswered++;
            return Optional.empty();
        }
        return Optional.of(answer);
    }

    void count(Ask ask, boolean done) {
        tally.count(ask, done);
    }

    void surprise(String surprise) {
        surprises.add(name + ": " + surprise);
    }

    <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
