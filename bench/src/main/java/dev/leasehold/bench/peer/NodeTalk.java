package dev.leasehold.bench.peer;

import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.bench.contender.Probe;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the program on Node.js says, a line for each thing, and the one word that it waits for. */
record NodeTalk(Process process, Probe probe) {

    /** Until the process ends. */
    static Outcome with(Process process, Probe probe) throws IOException, InterruptedException {
        try (var lines = process.inputReader()) {
            var outcome = new NodeTalk(process, probe).listen(lines);
            int code = process.waitFor();
            return outcome == null || code != 0 ? Outcome.voided("its process ended with " + code) : outcome;
        } finally {
            process.destroyForcibly();
        }
    }

    private @Nullable Outcome listen(BufferedReader lines) throws IOException {
        Outcome outcome = null;
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            var words = line.split(" ", 2);
            var rest = words.length == 1 ? "" : words[1];
            switch (words[0]) {
                case "ready" -> begin();
                case "done" -> probe.progress(Long.parseLong(rest));
                case "complete" -> probe.complete();
                case "latencies" ->
                    probe.latencies(Stream.of(rest.split(" "))
                            .mapToDouble(Double::parseDouble)
                            .toArray());
                case "good" -> outcome = Outcome.good();
                case "void" -> outcome = Outcome.voided(rest);
                default -> System.out.println(line);
            }
        }
        return outcome;
    }

    private void begin() throws IOException {
        probe.started();
        var writer = process.outputWriter();
        writer.write("start\n");
        writer.flush();
    }
}
