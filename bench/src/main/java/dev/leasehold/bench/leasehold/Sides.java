package dev.leasehold.bench.leasehold;

import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Probe;
import java.io.IOException;

/**
 * The node that is asked for something, and the one whose workers do it: the same one or, with {@code other_node}, another.
 *
 * @param asked has no workers where it is another
 */
record Sides(Node asked, Node worker) implements AutoCloseable {

    /** Starts them, with that many workers. */
    static Sides start(Database database, Case c, int threads) throws IOException, InterruptedException {
        Node worker = Node.start(Layout.of(database, Built.withBench(), threads));
        if (!Boolean.parseBoolean(c.options().get("other_node"))) {
            return new Sides(worker, worker);
        }
        boolean started = false;
        try {
            Sides sides = new Sides(
                    Node.start(Layout.of(database, Built.withBench(), 0).beside()), worker);
            started = true;
            return sides;
        } finally {
            if (!started) {
                worker.close();
            }
        }
    }

    /** Has the CPU of their processes measured. */
    void measured(Probe probe) {
        probe.client(worker.pid());
        if (asked.pid() != worker.pid()) {
            probe.client(asked.pid());
        }
    }

    @Override
    public void close() {
        worker.close();
        if (asked.pid() != worker.pid()) {
            asked.close();
        }
    }
}
