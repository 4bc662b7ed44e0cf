package dev.leasehold.bench.leasehold;

import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.bench.contender.Probe;
import dev.leasehold.bench.contender.WarmUp;
import java.util.Optional;

/** W1: an application within the server submits by the product's Java API, while nobody works on what it submits. */
final class Enqueue {

    private final Database database;
    private final Case c;

    Enqueue(Database database, Case c) {
        this.database = database;
        this.c = c;
    }

    Outcome run(Probe probe) throws Exception {
        try (Node node = Node.start(Layout.of(database, Built.withBench(), 0))) {
            Verified verified = new Verified(database, node.api());
            Optional<String> fault = verified.fault(Forms.expected(c));
            if (fault.isPresent()) {
                return Outcome.voided("before: " + fault.get());
            }
            probe.client(node.pid());
            int warm = WarmUp.of(c, (from, to) -> submit(node, to - from));
            probe.started();
            submit(node, c.runs());
            probe.complete();
            return verified.outcome(new Expected(0, warm + c.runs(), 0));
        }
    }

    private void submit(Node node, int runs) {
        node.api()
                .post("/bench/enqueue?runs=" + runs + "&threads=" + Forms.threads(c) + "&batch=" + Forms.batch(c), "");
    }
}
