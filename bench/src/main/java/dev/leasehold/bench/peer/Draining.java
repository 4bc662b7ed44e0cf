package dev.leasehold.bench.peer;

import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.bench.contender.Probe;
import java.sql.Connection;
import java.sql.SQLException;

/** W2 and W4: everything that is due is handled, until the database says that nothing is left. */
record Draining(JvmQueue queue, Database db, Case c) {
    private static final long LONGEST_NANOS = 300_000_000_000L;
    private static final int LOOK_MILLIS = 5;

    Outcome run(Probe probe) throws Exception {
        var handled = Handled.expect(c.runs(), probe);
        queue.open(db);
        try (var connection = db.open()) {
            probe.started();
            long limit = System.nanoTime() + LONGEST_NANOS;
            queue.start();
            while (handled.count() < c.runs() && System.nanoTime() < limit) {
                Thread.sleep(LOOK_MILLIS);
            }
            while (number(connection, queue.pending()) > 0 && System.nanoTime() < limit) {
                Thread.sleep(LOOK_MILLIS);
            }
            probe.complete();
        }
        return check(handled);
    }

    private Outcome check(Handled handled) throws SQLException {
        long left = db.number(queue.pending());
        var kept = queue.kept();
        long complete = kept == null ? c.runs() : db.number(kept) - c.number("finished", 0);
        if (left > 0 || handled.count() != c.runs() || handled.twice() > 0 || complete != c.runs()) {
            return Outcome.voided("of " + c.runs() + " runs " + handled.count() + " were handled, " + handled.twice()
                    + " of them again, " + left + " are left and " + complete + " are complete");
        }
        return Outcome.good();
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
