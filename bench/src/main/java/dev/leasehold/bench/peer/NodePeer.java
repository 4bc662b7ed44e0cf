package dev.leasehold.bench.peer;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Contender;
import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.bench.contender.Probe;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Another system on Node.js, run by {@code src/main/node/main.mjs} in a process of its own.
 *
 * @param runs the cases that it takes part in, and how many runs keep it busy for 5 to 15 s
 */
record NodePeer(String name, NodeKit kit, Map<String, Integer> runs) implements Contender {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public @Nullable String missing() {
        return kit.install();
    }

    @Override
    public boolean knows(Case c) {
        return runs.containsKey(c.id());
    }

    @Override
    public int runs(Case c) {
        return runs.getOrDefault(c.id(), c.runs());
    }

    @Override
    public void load(Database db, Case c) throws Exception {
        int code = start("load", db, c).waitFor();
        if (code != 0) {
            throw new IOException(name + " ended with " + code);
        }
    }

    @Override
    public Outcome run(Database db, Case c, Probe probe) throws Exception {
        var command = switch (c.workload()) {
            case W1 -> "enqueue";
            case W2, W4 -> "drain";
            case W3 -> "wake";
            default -> throw new IllegalArgumentException(c.id());
        };
        var process = start(command, db, c);
        probe.client(process.pid());
        return NodeTalk.with(process, probe);
    }

    private Process start(String command, Database db, Case c) throws IOException {
        return new ProcessBuilder(kit.node().toString(), kit.program().toString(), argument(command, db, c))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private String argument(String command, Database db, Case c) throws IOException {
        var options = new HashMap<>(c.options());
        switch (c.workload()) {
            case W2, W4 -> options.put("load_runs", "1");
            default -> {
                // the case enqueues
            }
        }
        return JSON.writeValueAsString(
                Map.of("system", name, "command", command, "uri", db.uri(), "runs", c.runs(), "options", options));
    }
}
