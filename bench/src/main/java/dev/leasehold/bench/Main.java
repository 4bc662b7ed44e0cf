package dev.leasehold.bench;

import dev.leasehold.bench.contender.Contender;
import dev.leasehold.bench.machine.Machine;
import dev.leasehold.bench.machine.Postgres;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Runs the benchmark: {@code mvn -Pbench package}, see docs/benchmarks.md. */
public final class Main {
    private Main() {}

    /** Takes its options from system properties, see {@link Plan}. */
    public static void main(String[] args) throws Exception {
        var plan = Plan.ofProperties();
        Files.createDirectories(plan.out());
        var head = new ArrayList<String>();
        var present = present(plan, head);
        try (var postgres = Postgres.start(plan.folder().resolve("postgres"))) {
            head.add(0, Machine.line());
            head.add(1, postgres.settings());
            head.add(2, "Every process on the JVM: " + String.join(" ", Children.FLAGS));
            head.add(3, "Runs scaled by " + plan.scale() + ", " + plan.repetitions() + " repetitions");
            head.forEach(System.out::println);
            new Bench(plan, postgres, head).run(present);
        }
    }

    private static List<Contender> present(Plan plan, List<String> head) {
        var present = new ArrayList<Contender>();
        for (var contender : plan.contenders()) {
            var missing = contender.missing();
            if (missing == null) {
                present.add(contender);
            } else {
                head.add("Skipped: " + contender.name() + ": " + missing);
            }
        }
        return present;
    }
}
