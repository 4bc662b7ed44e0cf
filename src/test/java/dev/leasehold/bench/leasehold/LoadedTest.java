package dev.leasehold.bench.leasehold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.database.TestDatabases;
import dev.leasehold.sql.Floors;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a case begins with, and what is asked of the database beside it. */
class LoadedTest {

    private static final Expected LOADED = new Expected(20, 2500, 10);

    private JdbcConnectionPool pool;
    private Database database;

    @BeforeEach
    void load() throws SQLException {
        pool = TestDatabases.fresh(dev.leasehold.sql.Database.POSTGRESQL);
        try (Connection connection = pool.getConnection()) {
            URI url = URI.create(connection.getMetaData().getURL().substring("jdbc:".length()));
            database = new Database(url.getPort(), url.getPath().substring(1), 0);
        }
        Load.schema(database);
        Load.runs(database, LOADED);
        Load.pause(database);
    }

    @AfterEach
    void close() {
        pool.dispose();
    }

    @Test
    void explainingAClaimChangesNothing() throws SQLException {
        ClaimCost cost = ClaimCost.of(database);

        assertThat(cost.fromFloor()).isPositive();
        assertThat(cost.fromFront()).isPositive();
        expect(LOADED);
        assertThat(database.number("select count(*) from leasehold.pause where queue = 'default'"))
                .isEqualTo(1);
    }

    @Test
    void aDrainIsFollowedToItsEndAndThenNothingIsReady() throws Exception {
        database.execute("delete from leasehold.pause");
        List<Long> told = new ArrayList<>();
        try (Milestones milestones = Milestones.of(database);
                RawQueue queue = new RawQueue(database.open(), new Floors(), new SortableIds())) {
            queue.round(1500);
            queue.round(1000);
            assertThat(queue.idle()).isFalse();
            Thread worker = new Thread(() -> finish(queue));
            milestones.follow(done -> {
                told.add(done);
                worker.start();
            });
            worker.join();
        }

        assertThat(told).containsExactly(1000L);
        expect(LOADED.drained());
        assertThat(IdlePoll.medianMillis(database)).isPositive();
        assertThat(Sizes.of(database)
                        .tell(Outcome.good(), Sizes.of(database), 1)
                        .figures())
                .containsEntry("run bytes grown/run", 0.0);
    }

    private static void finish(RawQueue queue) {
        try {
            queue.round(1000);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void expect(Expected expected) throws SQLException {
        try (Connection connection = database.open()) {
            assertThat(Audit.of(connection, expected)).isEmpty();
        }
    }
}
