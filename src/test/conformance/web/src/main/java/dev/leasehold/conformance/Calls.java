package dev.leasehold.conformance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leasehold.api.Attempt;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Every call of the test handler since the last reset, kills included: a line each in a file of the data folder. */
@ApplicationScoped
public class Calls {

    private static final String FILE = "conformance-calls.jsonl";
    private static final String ATTEMPT = "attempt_id";
    private static final int NANO_DIGITS = 9;

    @Inject
    Remembered remembered;

    @Inject
    KitClock clock;

    private final List<ObjectNode> calls = new ArrayList<>();

    /** Reads what an earlier process wrote; of a line that was cut off there is nothing. */
    @PostConstruct
    void load() {
        try {
            Path file = remembered.file(FILE);
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    if (line.endsWith("}")) {
                        calls.add((ObjectNode) Json.read(line.getBytes(StandardCharsets.UTF_8)));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void add(Attempt attempt, String payload) throws IOException {
        ObjectNode call = JsonNodeFactory.instance.objectNode();
        call.put("run_id", attempt.runId().toString());
        call.put("task_id", attempt.taskId().toString());
        call.put(ATTEMPT, attempt.attemptId().toString());
        call.put("attempt_number", attempt.number());
        call.put("fence", attempt.fence());
        call.put("payload", payload);
        call.put("at", Json.seconds(clock.now()));
        if (payload.contains("wait:")) {
            call.set("received", received(attempt));
        }
        calls.add(call);
        append(Json.write(call));
    }

    private static ArrayNode received(Attempt attempt) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        attempt.received().forEach(one -> all.add(one.name() + "=" + (one.happened() ? one.json() : "nothing")));
        return all;
    }

    /** Notes that a waiting handler was told to stop, so long after it began to wait; a kill forgets it. */
    synchronized void stopped(Attempt attempt, long nanos) {
        calls.stream()
                .filter(call ->
                        call.get(ATTEMPT).asText().equals(attempt.attemptId().toString()))
                .forEach(call -> call.put("stop_seen_after_secs", BigDecimal.valueOf(nanos, NANO_DIGITS)));
    }

    private void append(byte[] line) throws IOException {
        byte[] whole = Arrays.copyOf(line, line.length + 1);
        whole[line.length] = '\n';
        Files.write(remembered.file(FILE), whole, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    synchronized List<ObjectNode> all() {
        return calls.stream().map(ObjectNode::deepCopy).toList();
    }

    synchronized void clear() {
        calls.clear();
        try {
            Files.deleteIfExists(remembered.file(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
