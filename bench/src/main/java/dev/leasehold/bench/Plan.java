package dev.leasehold.bench;

import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Contender;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to run, from the system properties.
 *
 * @param cases ids or workloads; empty for all ({@code bench.cases})
 * @param systems names; empty for all ({@code bench.systems})
 * @param repetitions how often each case is run by each system ({@code bench.reps})
 * @param scale what numbers of runs are multiplied by ({@code bench.runs-scale})
 * @param folder for the database and the programs on Node.js ({@code bench.folder})
 * @param out for the results ({@code bench.out})
 */
record Plan(Set<String> cases, Set<String> systems, int repetitions, double scale, Path folder, Path out) {
    private static final int FEWEST_RUNS = 100;

    Plan {
        var unknown = Stream.concat(
                        cases.stream().filter(name -> Cases.ALL.stream().noneMatch(c -> c.isIn(Set.of(name)))),
                        systems.stream()
                                .filter(name -> Contenders.ALL.stream()
                                        .noneMatch(contender -> contender.name().equals(name))))
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("no such case or system: " + unknown);
        }
        if (repetitions < 1 || scale <= 0) {
            throw new IllegalArgumentException("bench.reps and bench.runs-scale are more than 0");
        }
    }

    static Plan ofProperties() {
        return new Plan(
                names("bench.cases"),
                names("bench.systems"),
                Integer.parseInt(System.getProperty("bench.reps", "3")),
                Double.parseDouble(System.getProperty("bench.runs-scale", "1")),
                Path.of(System.getProperty("bench.folder", "target")).toAbsolutePath(),
                Path.of(System.getProperty("bench.out", "target/results")).toAbsolutePath());
    }

    List<Case> selectedCases() {
        return Cases.ALL.stream().filter(c -> c.isIn(cases)).toList();
    }

    /** Those that were selected and know one of the cases. */
    List<Contender> contenders() {
        return Contenders.ALL.stream()
                .filter(contender -> systems.isEmpty() || systems.contains(contender.name()))
                .filter(contender -> selectedCases().stream().anyMatch(contender::knows))
                .toList();
    }

    /** The case with as many runs as that system gets. */
    Case sized(Case c, Contender contender) {
        return c.withRuns((int) Math.max(FEWEST_RUNS, Math.round(contender.runs(c) * scale)));
    }

    private static Set<String> names(String property) {
        return Stream.of(System.getProperty(property, "").split(","))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
