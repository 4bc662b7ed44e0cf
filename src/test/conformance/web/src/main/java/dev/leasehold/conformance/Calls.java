package dev.leasehold.conformance;

import dev.leasehold.api.Attempt;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every call of the test handler since the last reset, kills included: a line each in a file of the data folder. */
@ApplicationScoped
public class Calls {

    private static final String FILE = "conformance-calls.jsonl";

    @Inject
    Remembered remembered;

    @Inject
    KitClock clock;

    private final List<Object> calls = new ArrayList<>();

    /** Reads what an earlier process wrote; of a line that was cut off there is nothing. */
    @PostConstruct
    void load() {
        try {
            Path file = remembered.file(FILE);
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    if (line.endsWith("}")) {
                        calls.add(Json.read(line.getBytes(StandardCharsets.UTF_8)));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void add(Attempt attempt, String payload) throws IOException {
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("run_id", attempt.runId());
        call.put("task_id", attempt.taskId());
        call.put("attempt_id", attempt.attemptId());
        call.put("attempt_number", attempt.number());
        call.put("fence", attempt.fence());
        call.put("payload", payload);
        call.put("at", Json.seconds(clock.now()));
        calls.add(call);
        append(Json.write(call));
    }

    private void append(byte[] line) throws IOException {
        byte[] whole = Arrays.copyOf(line, line.length + 1);
        whole[line.length] = '\n';
        Files.write(remembered.file(FILE), whole, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    synchronized List<Object> all() {
        return List.copyOf(calls);
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
