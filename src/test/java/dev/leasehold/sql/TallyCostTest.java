package dev.leasehold.sql;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.stats.FoldTallies;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a look at the counts reads does not depend on how many there are, nor on who looks at the past meanwhile. */
class TallyCostTest {

    private static final int BATCH = 1000;
    private static final int BATCHES = 5;

    private final Fixture queue = new Fixture(Database.POSTGRESQL);

    @BeforeEach
    void begin() {
        queue.submit(NewTask.of("mail"));
        write();
        fold();
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void tenTimesAsManyCostTheSame() throws Exception {
        long few = buffers();
        for (int i = 0; i < BATCHES; i++) {
            write();
            fold();
        }
        queue.tamper("analyze leasehold.tally");

        assertThat(buffers()).isLessThanOrEqualTo(few + 2);
    }

    @Test
    void anOldSnapshotDoesNotMakeLooksAndFoldsCrawl() throws Exception {
        try (Connection old = queue.dataSource.getConnection()) {
            old.setAutoCommit(false);
            old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            old.createStatement().executeQuery("select count(*) from leasehold.tally");
            write();
            long waiting = buffers();
            fold();
            long folded = buffers();
            for (int i = 0; i < BATCHES; i++) {
                write();
                fold();
            }
            write();
            long later = buffers();
            fold();
            System.out.printf(
                    "a look at the tally: %d buffers with %d rows to fold, %d without; after %d under an old snapshot %d and %d%n",
                    waiting, BATCH, folded, BATCH * BATCHES, later, buffers());
            assertThat(later).isLessThanOrEqualTo(2 * waiting);
            assertThat(buffers()).isLessThanOrEqualTo(folded + 2);
            assertThat(queue.count("select pg_relation_size('leasehold.tally') / 8192"))
                    .as("nothing of it was cleared away")
                    .isGreaterThan(2 * waiting);
            old.rollback();
        }
    }

    /** A transaction each, as of single submissions. */
    private void write() {
        try (Connection connection = queue.dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        insert into leasehold.tally (tenant_id, place, pos, tasks, ready)
                        select ?, n.place, n.place, 1, 1
                        from (
                          select base + cast(cast(pg_current_xact_id() as text) as bigint) as place
                          from leasehold.position_base) n
                        """)) {
            statement.setObject(1, CALLER.tenant());
            for (int i = 0; i < BATCH; i++) {
                statement.executeUpdate();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void fold() {
        assertThat(queue.in(() -> queue.get(FoldTallies.class).execute(CALLER, List.of(1)))
                        .get(0))
                .isGreaterThanOrEqualTo(BATCH);
    }

    private long buffers() throws Exception {
        Sql look = Sql.of("common", "tallied");
        try (Connection connection = queue.dataSource.getConnection()) {
            Values values = new Values().set("everybody", false).set("tenant", CALLER.tenant());
            Buffers.of(connection, look, values);
            return Buffers.of(connection, look, values);
        }
    }
}
