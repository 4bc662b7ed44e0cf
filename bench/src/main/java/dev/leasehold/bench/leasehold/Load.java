package dev.leasehold.bench.leasehold;

import dev.leasehold.bench.contender.Database;
import dev.leasehold.node.Migrations;
import dev.leasehold.node.QueueDataSource;
import dev.leasehold.sql.Floors;
import dev.leasehold.sql.LaneStatement.Lane;
import dev.leasehold.sql.postgresql.PostgresqlLanes;
import dev.leasehold.tenant.Caller;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;

/** Fills a database by the product's own migrations and statements. */
final class Load {

    static final int BATCH = 1000;
    private static final Duration FAR = Duration.ofDays(1000);
    private static final String PAUSE = """
            insert into leasehold.pause (tenant_id, queue, paused_at, paused_by)
            select tenant_id, 'default', now(), 'the benchmark' from leasehold.tenant""";

    /** In which all runs stand, as a body that names it. */
    static final String THE_QUEUE = "{\"queue\":\"default\"}";

    private static final Set<Lane> LANES = Set.of(RawQueue.LANE, new Lane("default", "noop", ""));

    private Load() {}

    /** The schema, and the lanes of all types that are submitted: a lane's first task ever is no case of its own. */
    static void schema(Database database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(Database.USER);
        Migrations.run(source, dev.leasehold.sql.Database.POSTGRESQL);
        try (Connection connection = database.open()) {
            new PostgresqlLanes().open(connection, Caller.DEFAULT_TENANT, LANES);
        }
    }

    /** So many runs of each kind; those to be completed are handled here. */
    static void runs(Database database, Expected expected) throws SQLException {
        try (RawQueue queue = new RawQueue(database.open(QueueDataSource.PLANS), new Floors(), new SortableIds())) {
            submit(queue, expected.completed(), Duration.ZERO);
            do {
                queue.round(BATCH);
            } while (!queue.idle());
            submit(queue, expected.future(), FAR);
        }
        feed(database, expected.ready());
    }

    /** So many more that are ready. */
    static void feed(Database database, long runs) throws SQLException {
        try (RawQueue queue = new RawQueue(database.open(QueueDataSource.PLANS), new Floors(), new SortableIds())) {
            submit(queue, runs, Duration.ZERO);
        }
    }

    private static void submit(RawQueue queue, long runs, Duration delay) throws SQLException {
        for (long left = runs; left > 0; left -= BATCH) {
            queue.submit((int) Math.min(BATCH, left), delay);
        }
    }

    /** Nothing is claimed until somebody resumes the queue: a server that starts waits for the word to begin. */
    static void pause(Database database) throws SQLException {
        database.execute(PAUSE);
    }
}
