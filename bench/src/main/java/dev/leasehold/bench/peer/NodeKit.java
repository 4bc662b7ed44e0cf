package dev.leasehold.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The programs for Node.js with what they need: installed by npm, as the lock file says, once for each lock file. */
final class NodeKit {
    private static final int LONGEST_MINUTES = 10;

    private final Path sources = Path.of(System.getProperty("bench.node", "src/main/node"));
    private final Path folder = Path.of(System.getProperty("bench.folder", "target"))
            .toAbsolutePath()
            .resolve("node");

    /** The program. */
    Path program() {
        return folder.resolve("main.mjs");
    }

    /** The Node.js that npm brought, for the machine's may be older than what the systems need. */
    Path node() {
        return folder.resolve("node_modules/node/bin/node");
    }

    /**
     * Installs it.
     *
     * @return why that is not possible here; {@code null} when it is there
     */
    @Nullable
    String install() {
        try {
            copy();
            var lock = folder.resolve("package-lock.json");
            var installed = folder.resolve("installed.json");
            if (!Files.exists(installed) || Files.mismatch(lock, installed) >= 0) {
                int code = npm();
                if (code != 0) {
                    return "npm ci ended with " + code + ", see " + folder.resolve("npm.log");
                }
                Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
            }
            return Files.isExecutable(node()) ? null : "npm brought no Node.js";
        } catch (IOException e) {
            return "no npm: " + e.getMessage();
        }
    }

    private void copy() throws IOException {
        Files.createDirectories(folder);
        List<Path> files;
        try (Stream<Path> listed = Files.list(sources)) {
            files = listed.filter(Files::isRegularFile).toList();
        }
        for (var file : files) {
            Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private int npm() throws IOException {
        var process = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("npm.log").toFile())
                .start();
        try {
            return process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES) ? process.exitValue() : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        } finally {
            process.destroyForcibly();
        }
    }
}
