package dev.leasehold.bench;

import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.bench.machine.Meter;
import dev.leasehold.bench.report.Result;
import dev.leasehold.bench.report.Results;
import java.nio.file.Path;
import java.sql.SQLException;

/** The process of one load or of one repetition: a system's {@code load} or {@code run}, and then its end. */
final class Child {
    private Child() {}

    /** Takes what {@link Children} gives: the system, the case, its runs, the database, the repetition and the answer. */
    public static void main(String[] args) throws Exception {
        var contender = Contenders.of(args[0]);
        var c = Cases.of(args[1]).withRuns(Integer.parseInt(args[2]));
        var database = new Database(Integer.parseInt(args[3]), args[4], Long.parseLong(args[5]));
        int repetition = Integer.parseInt(args[6]);
        if (repetition == 0) {
            contender.load(database, c);
        } else {
            Results.write(Path.of(args[7]), run(new Turn(contender, c, repetition), database));
        }
        // what a system leaves running must not keep the next one waiting
        Runtime.getRuntime().halt(0);
    }

    private static Result run(Turn turn, Database database) throws SQLException {
        try (var meter = new Meter(database, turn.c().runs())) {
            var outcome = outcome(turn, database, meter);
            return turn.result(outcome, meter.measured());
        }
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // to the log of this repetition
    private static Outcome outcome(Turn turn, Database database, Meter meter) {
        try {
            return turn.contender().run(database, turn.c(), meter);
        } catch (Exception e) {
            e.printStackTrace();
            return Outcome.voided(e.toString());
        }
    }
}
