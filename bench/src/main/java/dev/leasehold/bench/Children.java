package dev.leasehold.bench;

import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.report.Result;
import dev.leasehold.bench.report.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts one process for each load and each repetition, all with the same flags. */
final class Children {
    /** The same for every system on the JVM. */
    static final List<String> FLAGS = List.of("-Xmx2g", "-XX:+UseParallelGC");

    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final Path folder;

    /** Logs and answers go there. */
    Children(Path folder) {
        this.folder = folder;
    }

    /** Loads a template. */
    void load(Turn turn, Database database) throws IOException, InterruptedException {
        int code = run(turn, database);
        if (code != 0) {
            throw new IOException("loading ended with " + code + ", see " + log(turn));
        }
    }

    /** Runs a repetition; a process that fails makes it void. */
    Result measure(Turn turn, Database database) throws IOException, InterruptedException {
        Files.deleteIfExists(answer(turn));
        int code = run(turn, database);
        if (code != 0 || !Files.exists(answer(turn))) {
            return turn.voided("its process ended with " + code + ", see " + log(turn));
        }
        return Results.read(answer(turn)).get(0);
    }

    private int run(Turn turn, Database database) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command(turn, database))
                .redirectErrorStream(true)
                .redirectOutput(log(turn).toFile())
                .start();
        try {
            return process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS) ? process.exitValue() : -1;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private List<String> command(Turn turn, Database database) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("bench.") || name.startsWith("org.slf4j."))
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        command.addAll(List.of(
                turn.contender().name(),
                turn.c().id(),
                Integer.toString(turn.c().runs())));
        command.addAll(List.of(
                Integer.toString(database.port()),
                database.name(),
                Long.toString(database.postmaster()),
                Integer.toString(turn.repetition()),
                answer(turn).toString()));
        return command;
    }

    private Path log(Turn turn) {
        return folder.resolve(turn.toString().replace(' ', '-') + ".log");
    }

    private Path answer(Turn turn) {
        return folder.resolve(turn.toString().replace(' ', '-') + ".json");
    }
}
