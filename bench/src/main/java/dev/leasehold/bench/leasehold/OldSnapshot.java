package dev.leasehold.bench.leasehold;

import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.bench.contender.Probe;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * W6: a session looks at an old snapshot, so that nothing that dies can be cleared away. As many runs as the case has are
 * drained, again and again, for so many minutes of draining ({@code bench.w6-minutes}); between two drains the queue is
 * paused and fed. What is measured is the drain after those minutes, which is W2's but for the snapshot and what piled up.
 */
final class OldSnapshot {

    private static final int MINUTES = Integer.getInteger("bench.w6-minutes", 5);
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Database database;
    private final Case c;
    private final Minutes minutes = new Minutes();
    private int drains;

    OldSnapshot(Database database, Case c) {
        this.database = database;
        this.c = c;
    }

    Outcome run(Probe probe) throws Exception {
        try (Connection old = look();
                Node node = Node.start(Layout.of(database, Built.released(), Drain.THREADS));
                Milestones milestones = Milestones.of(database)) {
            Verified verified = new Verified(database, node.api());
            Optional<String> fault = verified.fault(Forms.expected(c));
            if (fault.isPresent()) {
                return Outcome.voided("before: " + fault.get());
            }
            Sizes before = Sizes.of(database);
            ClaimCost cost = ClaimCost.of(database);
            age(node, milestones);
            ClaimCost last = ClaimCost.of(database);
            probe.client(node.pid());
            probe.started();
            drain(node, milestones, probe::progress);
            probe.complete();
            Outcome outcome = verified.outcome(new Expected((long) c.runs() * drains, 0, 0));
            outcome = minutes.tell(outcome);
            outcome = cost.tell(outcome, "at first");
            outcome = last.tell(outcome, "at last");
            old.rollback();
            return Sizes.of(database).tell(outcome, before, (long) c.runs() * drains);
        }
    }

    private Connection look() throws SQLException {
        Connection connection = database.open();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select count(*) from leasehold.lane");
        }
        return connection;
    }

    private void age(Node node, Milestones milestones) throws Exception {
        while (minutes.whole() < MINUTES) {
            long begin = System.nanoTime();
            drain(node, milestones, done -> {});
            minutes.add((System.nanoTime() - begin) / NANOS, c.runs());
            node.api().pause();
            Load.feed(database, c.runs());
            milestones.next();
        }
    }

    private void drain(Node node, Milestones milestones, LongConsumer progress) throws Exception {
        drains++;
        node.api().resume();
        milestones.follow(progress);
    }
}
