package dev.leasehold.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A server that a killed run of the tests left behind, known by the file with its process id. */
record Leftover(Path pidFile) {

    private static final Duration TOLERANCE = Duration.ofSeconds(10);

    void end() throws IOException {
        if (Files.exists(pidFile)) {
            Instant written = Files.getLastModifiedTime(pidFile).toInstant();
            ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
                    .filter(process -> startedBefore(written, process))
                    .ifPresent(Leftover::kill);
            Files.delete(pidFile);
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
