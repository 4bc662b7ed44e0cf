package dev.leasehold.bench;

import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Contender;
import dev.leasehold.bench.machine.Postgres;
import dev.leasehold.bench.report.Report;
import dev.leasehold.bench.report.Result;
import dev.leasehold.bench.report.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets the systems take turns: of each case every repetition, of each repetition every system. */
final class Bench {
    private static final String DATABASE = "bench";

    private final Plan plan;
    private final Postgres postgres;
    private final Children children;
    private final Path lines;
    private final Report report;
    private final List<Result> results = new ArrayList<>();
    private final Set<String> templates = new HashSet<>();

    /** Takes what the report begins with. */
    Bench(Plan plan, Postgres postgres, List<String> head) throws IOException {
        this.plan = plan;
        this.postgres = postgres;
        this.report = new Report(plan.out(), head);
        this.children = new Children(Files.createDirectories(plan.out().resolve("logs")));
        this.lines = plan.out().resolve("results.jsonl");
    }

    /** Runs everything; the report is written anew after each case, so that an interruption loses none before. */
    void run(List<Contender> contenders) throws IOException, SQLException, InterruptedException {
        Files.deleteIfExists(lines);
        for (var c : plan.selectedCases()) {
            for (int repetition = 1; repetition <= plan.repetitions(); repetition++) {
                for (var contender :
                        contenders.stream().filter(each -> each.knows(c)).toList()) {
                    take(new Turn(contender, plan.sized(c, contender), repetition));
                }
            }
            report.write(results);
            dropAllBut(neededAfter(c, contenders));
        }
    }

    private Set<String> neededAfter(Case done, List<Contender> contenders) {
        var cases = plan.selectedCases();
        var later = cases.subList(cases.indexOf(done) + 1, cases.size());
        return later.stream()
                .flatMap(c -> contenders.stream().map(each -> new Turn(each, plan.sized(c, each), 0).template()))
                .collect(Collectors.toSet());
    }

    /** The disk holds what is still copied, and no more. */
    private void dropAllBut(Set<String> needed) throws SQLException {
        for (var name : Set.copyOf(templates)) {
            if (!needed.contains(name)) {
                postgres.drop(name);
                templates.remove(name);
            }
        }
    }

    private void take(Turn turn) throws IOException, SQLException, InterruptedException {
        var result = result(turn);
        results.add(result);
        Results.write(lines, result);
        System.out.println(turn + ": " + Report.line(result));
    }

    private Result result(Turn turn) throws SQLException, InterruptedException {
        try {
            return children.measure(turn, postgres.copy(template(turn), DATABASE));
        } catch (IOException | SQLException e) {
            return turn.voided(e.toString());
        } finally {
            postgres.drop(DATABASE);
        }
    }

    private String template(Turn turn) throws IOException, SQLException, InterruptedException {
        var name = turn.template();
        if (!templates.contains(name)) {
            var database = postgres.create(name);
            children.load(new Turn(turn.contender(), turn.c(), 0), database);
            database.execute("vacuum (freeze, analyze)");
            templates.add(name);
        }
        return name;
    }
}
