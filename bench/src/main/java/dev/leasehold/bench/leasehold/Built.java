package dev.leasehold.bench.leasehold;

import java.nio.file.Files;
import java.nio.file.Path;

/** What the build of the product left, under {@code bench.leasehold}, the folder of a built clone. */
final class Built {

    private Built() {}

    /** The provisioned server. */
    static Path server() {
        return found("ear/target/server");
    }

    /** The EAR that is released. */
    static Path released() {
        return found("ear/target/leasehold.ear");
    }

    /** The released modules and one more, which enqueues and handles within the server. */
    static Path withBench() {
        return found("bench/ear/target/leasehold-bench.ear");
    }

    private static Path found(String path) {
        Path file = Path.of(System.getProperty("bench.leasehold", "."))
                .toAbsolutePath()
                .resolve(path);
        if (Files.notExists(file)) {
            throw new IllegalStateException("not built: " + file);
        }
        return file;
    }
}
