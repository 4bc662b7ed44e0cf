package dev.leasehold.bench;

import dev.leasehold.bench.machine.Postgres;
import java.nio.file.Files;

/** Runs the benchmark: {@code mvn -Pbench package}, see docs/benchmarks.md. */
public final class Main {
    private Main() {}

    /** Takes its options from system properties, see {@link Plan}. */
    public static void main(String[] args) throws Exception {
        var plan = Plan.ofProperties();
        Files.createDirectories(plan.out());
        try (var postgres = Postgres.start(plan.folder().resolve("postgres"))) {
            new Bench(plan, postgres).run();
        }
    }
}
