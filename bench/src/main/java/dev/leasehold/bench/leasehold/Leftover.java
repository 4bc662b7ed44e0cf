package dev.leasehold.bench.leasehold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A server that a killed benchmark left behind, known by the file with its process id. */
final class Leftover {

    private static final Duration TOLERANCE = Duration.ofSeconds(10);

    private final Path file;

    /** The one on these ports. */
    Leftover(int offset) {
        file = Path.of(System.getProperty("java.io.tmpdir"), "leasehold-bench-" + offset + ".pid");
    }

    void note(Process process) throws IOException {
        Files.writeString(file, String.valueOf(process.pid()));
    }

    void end() throws IOException {
        if (Files.exists(file)) {
            Instant written = Files.getLastModifiedTime(file).toInstant();
            ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                    .filter(process -> startedBefore(written, process))
                    .ifPresent(Leftover::kill);
            Files.delete(file);
        }
    }

    /** Or else its id has meanwhile gone to another process. */
    private static boolean startedBefore(Instant written, ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(start -> start.isBefore(written.plus(TOLERANCE)))
                .orElse(false);
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }
}
