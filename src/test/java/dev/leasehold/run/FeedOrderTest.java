package dev.leasehold.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.database.Fixture;
import dev.leasehold.database.Nodes;
import dev.leasehold.database.Race;
import dev.leasehold.database.Restore;
import dev.leasehold.event.Cursor;
import dev.leasehold.event.Feed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.EventRow;
import dev.leasehold.sql.FeedStatement.Place;
import dev.leasehold.sql.FeedStatement.Wanted;
import dev.leasehold.sql.Positions;
import dev.leasehold.sql.Transient;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The feed while eight threads of two nodes write whatever dice tell them, and its reader asks now the one and now the
 * other: every event once, each run's in order.
 */
class FeedOrderTest {

    private static final int NODES = 2;
    private static final Duration APART = Duration.ofMillis(400);
    private static final int WRITERS = 8;
    private static final int COMMANDS = 150;
    private static final Wanted ALL = new Wanted(null, null, null);

    private final long seed = Long.getLong("leasehold.seed", new Random().nextLong());

    /** An event by run and version. */
    private record Key(UUID run, int version) {}

    /** Comes back for seven events at a time, and keeps nothing but the cursor's text. */
    private static final class Reader {
        private final List<Key> seen = new ArrayList<>();
        private String cursor = Cursor.of(Feed.START);

        private int pages;

        /** Reads a page from the next node and answers whether there was nothing. */
        boolean foundNothing(Nodes nodes) {
            Fixture queue = nodes.of(pages++);
            Place after = Cursor.read(cursor).orElseThrow();
            Feed.Page page = queue.in(() -> queue.get(Feed.class).page(Fixture.CALLER, after, ALL, 7));
            page.events().stream().map(Reader::key).forEach(seen::add);
            cursor = Cursor.of(page.next());
            return page.events().isEmpty() && page.lag().equals(Duration.ZERO);
        }

        private static Key key(EventRow event) {
            return new Key(event.runId(), event.version());
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aReaderMeetsEveryEventOnceWhileOthersWrite(Database database) {
        try (Nodes nodes = new Nodes(database, NODES, APART)) {
            Reader reader = new Reader();

            writeAndRead(nodes, reader, COMMANDS);

            isTheWholeFeed(nodes.first(), reader);
            nodes.first().verify();
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aReaderGoesOnAfterARestoreElsewhere(Database database) {
        Reader reader = new Reader();
        try (Nodes old = new Nodes(database, NODES, APART)) {
            useUpTransactionIds(database, old.first());
            Race.of(WRITERS, number -> walk(old.of(number), number, COMMANDS / 2));
            int events = (int) old.first().count("select count(*) from leasehold.event");
            while (reader.seen.size() < events / 2) {
                reader.foundNothing(old);
            }

            try (Nodes restored = new Nodes(database, Restore.of(database, old.first().dataSource), NODES, APART)) {
                Fixture queue = restored.first();
                queue.clock.set(old.first().clock.instant());
                assertThat(queue.count("select count(*) from leasehold.event")).isEqualTo(events);
                assertThat(queue.count("select base from leasehold.position_base"))
                        .satisfies(base -> assertThat(base > 0).isEqualTo(database == Database.POSTGRESQL));
                writeAndRead(restored, reader, COMMANDS / 3);

                assertThat(reader.seen).hasSizeGreaterThan(events);
                isTheWholeFeed(queue, reader);
                queue.verify();
            }
        }
    }

    @Test
    void aNodeThatStartsWhileOthersWriteRaisesNothing() throws SQLException {
        try (Nodes nodes = new Nodes(Database.POSTGRESQL, NODES, APART)) {
            Fixture queue = nodes.first();
            AtomicInteger writing = new AtomicInteger(WRITERS);
            Race.of(WRITERS + 1, number -> {
                if (number < WRITERS) {
                    walk(nodes.of(number), number, COMMANDS);
                    return writing.decrementAndGet();
                }
                while (writing.get() > 0) {
                    begin(queue);
                }
                return 0;
            });

            assertThat(queue.count("select base from leasehold.position_base")).isZero();
        }
    }

    private static void begin(Fixture queue) {
        try (Connection connection = queue.dataSource.getConnection()) {
            Positions.begin(Database.POSTGRESQL, connection, queue.transactions);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void useUpTransactionIds(Database database, Fixture queue) {
        if (database == Database.POSTGRESQL) {
            queue.tamper("do $$ begin for i in 1..20000 loop perform pg_current_xact_id(); commit; end loop; end $$");
        }
    }

    private void writeAndRead(Nodes nodes, Reader reader, int commands) {
        AtomicInteger writing = new AtomicInteger(WRITERS);
        Race.of(WRITERS + 1, number -> {
            if (number < WRITERS) {
                try {
                    return walk(nodes.of(number), number, commands);
                } finally {
                    writing.decrementAndGet();
                }
            }
            boolean atTheEnd;
            do {
                boolean quiet = writing.get() == 0;
                atTheEnd = reader.foundNothing(nodes) && quiet;
            } while (!atTheEnd);
            return 0;
        });
    }

    /**
     * Every few commands in one transaction, so that its id is older than others' changes of the runs that it comes to
     * late. A transaction that met another one's locks is given up: the dice go on.
     */
    private int walk(Fixture queue, int number, int commands) {
        Random random = new Random(seed + number);
        RandomWorker worker = new RandomWorker(queue, "w" + number, random, new Tenures(), new Tally());
        int failed = 0;
        for (int done = 0; done < commands; ) {
            int together = 1 + random.nextInt(4);
            done += together;
            try {
                queue.in(() -> worker.walk(together));
            } catch (RuntimeException e) {
                if (!Transient.is(e)) {
                    throw e;
                }
                failed++;
            }
        }
        return failed;
    }

    private void isTheWholeFeed(Fixture queue, Reader reader) {
        assertThat(new HashSet<>(reader.seen)).as("seed %s, duplicates", seed).hasSameSizeAs(reader.seen);
        Map<UUID, Integer> versions = new HashMap<>();
        for (Key key : reader.seen) {
            assertThat(key.version())
                    .as("seed %s, next version of %s", seed, key.run())
                    .isEqualTo(versions.merge(key.run(), 1, Integer::sum));
        }
        assertThat(reader.seen).as("seed %s", seed).isEqualTo(table(queue));
        assertThat(reader.seen).hasSizeGreaterThan(COMMANDS);
    }

    private static List<Key> table(Fixture queue) {
        List<Key> keys = new ArrayList<>();
        try (Connection connection = queue.dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select run_id, version from leasehold.event order by pos, run_id, version")) {
            while (rows.next()) {
                keys.add(new Key(rows.getObject(1, UUID.class), rows.getInt(2)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return keys;
    }
}
