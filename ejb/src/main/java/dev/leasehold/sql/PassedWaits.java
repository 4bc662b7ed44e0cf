package dev.leasehold.sql;

import dev.leasehold.sql.ChangeStatement.Changing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends the waits of runs that go on whatever they wait for, and what some of them left when they took too long. */
final class PassedWaits {

    private static final String COMMON = "common";
    private static final Sql PASS_OVER = Sql.of(COMMON, "pass_over_waits");
    private static final Sql SETTLE = Sql.of(COMMON, "settle_wait_letters");

    private PassedWaits() {}

    static void store(Connection connection, Changing changing, long ticket, List<Change> changes) throws SQLException {
        List<Change> passing = changes.stream().filter(Change::passesOver).toList();
        PASS_OVER.batch(
                connection,
                passing.stream()
                        .map(one -> one.run()
                                .tip()
                                .next(ticket, changing.now())
                                .set("waiting", "waiting")
                                .set("cancelled", "cancelled"))
                        .toList());
        SETTLE.batch(
                connection,
                passing.stream()
                        .map(one -> settling(one.run(), null, changing.actor(), changing.now()))
                        .toList());
    }

    /** Settles what one wait left, if it left anything. */
    static void settle(Connection connection, LockedRun run, String wait, String actor, Instant now)
            throws SQLException {
        SETTLE.update(connection, settling(run, wait, actor, now));
    }

    private static Values settling(LockedRun run, @Nullable String wait, String actor, Instant now) {
        return new Values()
                .set("tenant", run.tip().tenant())
                .set("run_id", run.id())
                .set("source_type", LetterStatement.OF_WAIT)
                .set("wait_id", wait)
                .set("actor", actor)
                .set("now", now)
                .set("open", "open")
                .set("resolved", "resolved")
                .set("disposition", "superseded");
    }
}
