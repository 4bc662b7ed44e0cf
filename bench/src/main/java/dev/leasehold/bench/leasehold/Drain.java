package dev.leasehold.bench.leasehold;

import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.bench.contender.Probe;
import dev.leasehold.bench.contender.Workload;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** W2, W4, W7: what is ready is handled by the node's own workers; the handler is the product's {@code echo}. */
final class Drain {

    /** The best of 64, 128, 256, 500 and 1,000. */
    static final int THREADS = 1000;

    private final Database database;
    private final Case c;

    Drain(Database database, Case c) {
        this.database = database;
        this.c = c;
    }

    Outcome run(Probe probe) throws Exception {
        Outcome outcome = drained(probe);
        return c.workload() == Workload.W4 && outcome.voided() == null
                ? outcome.with("idle poll ms", IdlePoll.medianMillis(database))
                : outcome;
    }

    private Outcome drained(Probe probe) throws Exception {
        Expected before = Forms.expected(c);
        Layout layout = Layout.of(database, Built.released(), c.number("workers", THREADS));
        try (Node node = Node.start(layout);
                Milestones milestones = Milestones.of(database)) {
            Verified verified = new Verified(database, node.api());
            Optional<String> fault = verified.fault(before);
            if (fault.isPresent()) {
                return Outcome.voided("before: " + fault.get());
            }
            Profile profile = Profile.begin(node.pid(), c.id());
            Instant start = Instant.now();
            probe.client(node.pid());
            probe.started();
            node.api().resume();
            milestones.follow(probe::progress);
            probe.complete();
            profile.end();
            return verified.outcome(before.drained()).with("runs/s by finished_at", rate(start));
        }
    }

    /** From half of the runs to the last, by what the attempts themselves say. */
    private double rate(Instant start) throws SQLException {
        return database.number("""
                select 0.5 * count(*) / extract(epoch from
                  max(finished_at) - percentile_disc(0.5) within group (order by finished_at))
                from leasehold.attempt where finished_at >= '%s'""".formatted(start));
    }
}
