package dev.leasehold.bench.leasehold;

import dev.leasehold.bench.contender.Database;
import dev.leasehold.node.Migrations;
import dev.leasehold.sql.Floors;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/** Fills a database by the product's own migrations and statements. */
final class Load {

    static final int BATCH = 1000;
    private static final Duration FAR = Duration.ofDays(1000);
    private static final String PAUSE = """
            insert into leasehold.pause (tenant_id, queue, paused_at, paused_by)
            select tenant_id, '', now(), 'the benchmark' from leasehold.tenant""";

    private Load() {}

    /** The schema alone. */
    static void schema(Database database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(Database.USER);
        Migrations.run(source, dev.leasehold.sql.Database.POSTGRESQL);
    }

    /** So many runs of each kind; those to be completed are handled here. */
    static void runs(Database database, Expected expected) throws SQLException {
        try (RawQueue queue = new RawQueue(database.open(), new Floors(), new SortableIds())) {
            submit(queue, expected.completed(), Duration.ZERO);
            do {
                queue.round(BATCH);
            } while (!queue.idle());
            submit(queue, expected.future(), FAR);
            submit(queue, expected.ready(), Duration.ZERO);
        }
    }

    private static void submit(RawQueue queue, long runs, Duration delay) throws SQLException {
        for (long left = runs; left > 0; left -= BATCH) {
            queue.submit((int) Math.min(BATCH, left), delay);
        }
    }

    /** Nothing is claimed until somebody resumes the engine: a server that starts waits for the word to begin. */
    static void pause(Database database) throws SQLException {
        database.execute(PAUSE);
    }
}
