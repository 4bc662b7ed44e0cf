package dev.leasehold.bench.leasehold;

import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.bench.contender.Probe;
import dev.leasehold.tenant.Caller;
import java.util.Optional;

/** Everything that is ready is handled by the node's own workers; the handler is the product's {@code echo}. */
final class Drain {

    /** The best of 64, 128, 256 and 500; {@code bench.threads} tries others. */
    private static final int THREADS = Integer.getInteger("bench.threads", 256);

    private static final int OFFSET = 7100;
    private static final long STALL_MILLIS = 60_000;
    private static final String RESUME = "/leasehold/api/v1/engine/resume";

    private final Database database;
    private final Case c;

    Drain(Database database, Case c) {
        this.database = database;
        this.c = c;
    }

    Outcome run(Probe probe) throws Exception {
        Expected before = Forms.expected(c);
        Node.Layout layout = new Node.Layout(Built.released(), OFFSET, c.number("workers", THREADS), Told.of(database));
        try (Node node = Node.start(layout);
                Milestones milestones = new Milestones(database, Caller.DEFAULT_TENANT)) {
            Verified verified = new Verified(database, node.api());
            Optional<String> fault = verified.fault(before);
            if (fault.isPresent()) {
                return Outcome.voided("before: " + fault.get());
            }
            probe.client(node.pid());
            probe.started();
            node.api().post(RESUME, "{}");
            milestones.follow(probe, c.runs(), STALL_MILLIS);
            return verified.fault(before.drained()).map(Outcome::voided).orElse(Outcome.good());
        }
    }
}
