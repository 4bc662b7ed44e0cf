package dev.leasehold.stats;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.database.Fixture;
import dev.leasehold.sql.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs that were claimed do not stand for long in the way of those who look for work. */
class VacuumTablesTest {

    private static final int MANY = 1000;

    private static Fixture withoutAutovacuum() {
        Fixture queue = new Fixture(Database.POSTGRESQL);
        queue.tamper("alter table leasehold.ready set (autovacuum_enabled = off)");
        return queue;
    }

    private static void come(Fixture queue, int runs) throws SQLException {
        executeKnown(queue, """
                insert into leasehold.ready
                select '%s', 1, -1, now() + i * interval '1 second', gen_random_uuid(), null
                from generate_series(1, %d) as s (i)
                """.formatted(CALLER.tenant(), runs));
    }

    private static void pass(Fixture queue, int runs) throws SQLException {
        come(queue, runs);
        executeKnown(queue, "delete from leasehold.ready");
    }

    /** Statistics hear of it at once. */
    private static void executeKnown(Fixture queue, String sql) throws SQLException {
        try (Connection connection = queue.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            statement.execute("select pg_stat_force_next_flush()");
        }
    }

    private static long left(Fixture queue) {
        return queue.count("select pg_stat_get_dead_tuples('leasehold.ready'::regclass)");
    }

    private static int vacuum(Fixture queue) throws SQLException {
        return queue.get(VacuumTables.class).execute(CALLER, List.of(MANY)).get(0);
    }

    @Test
    void whatIsLeftBehindIsClearedAwayOnce() throws SQLException {
        try (Fixture queue = withoutAutovacuum()) {
            pass(queue, MANY - 1);
            assertThat(vacuum(queue)).as("too few").isZero();
            pass(queue, 1);
            assertThat(left(queue)).isEqualTo(MANY);

            assertThat(queue.get(VacuumTables.class).execute(CALLER, List.of(MANY, MANY)))
                    .containsExactly(1, 0);

            assertThat(left(queue)).isZero();
        }
    }

    @Test
    void underAnOldSnapshotItIsTriedEverMoreSeldom() throws SQLException {
        try (Fixture queue = withoutAutovacuum();
                Connection old = queue.dataSource.getConnection()) {
            old.setAutoCommit(false);
            old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            old.createStatement().execute("select count(*) from leasehold.ready");
            int tried = 0;
            for (int i = 0; i < 16; i++) {
                pass(queue, MANY);
                tried += vacuum(queue);
                assertThat(vacuum(queue)).as("nothing more went").isZero();
            }

            assertThat(left(queue)).as("they are still there").isEqualTo(16 * MANY);
            assertThat(tried).as("at 1, 2, 4, 8 and 16 times as many").isEqualTo(5);
            old.rollback();
            pass(queue, 16 * MANY);
            assertThat(vacuum(queue)).isOne();
            assertThat(left(queue)).isZero();
        }
    }

    @Test
    void whatCameBeforeTheLastTimeAndGoesNowIsClearedAwayToo() throws SQLException {
        try (Fixture queue = withoutAutovacuum()) {
            come(queue, 2 * MANY);
            queue.tamper("vacuum analyze leasehold.ready");
            executeKnown(queue, "delete from leasehold.ready");

            assertThat(vacuum(queue)).isOne();
            queue.tamper("do $$ begin perform pg_stat_reset(); end $$");
            pass(queue, MANY);

            assertThat(vacuum(queue))
                    .as("though less went than before, by the statistics")
                    .isOne();
            assertThat(left(queue)).isZero();
        }
    }

    @Test
    void whereMostRunsStillWaitIsLessToGain() throws SQLException {
        try (Fixture queue = withoutAutovacuum()) {
            pass(queue, MANY);
            come(queue, 3 * MANY);

            assertThat(vacuum(queue)).isZero();
        }
    }

    @Test
    void noneWaitsForWhoeverWorksAtTheTable() throws SQLException {
        try (Fixture queue = withoutAutovacuum();
                Connection other = queue.dataSource.getConnection()) {
            pass(queue, MANY);
            other.setAutoCommit(false);
            other.createStatement().execute("lock table leasehold.ready in share update exclusive mode");

            assertThat(vacuum(queue)).as("tried").isOne();
            assertThat(left(queue)).isEqualTo(MANY);

            other.rollback();
            pass(queue, MANY);
            assertThat(vacuum(queue)).isOne();
            assertThat(left(queue)).isZero();
        }
    }

    /** PostgreSQL would leave the index alone, which is what a look for work passes over. */
    @Test
    void theIndexIsClearedToo() throws SQLException {
        try (Fixture queue = withoutAutovacuum()) {
            pass(queue, 60 * MANY);
            assertThat(vacuum(queue)).isOne();
            pass(queue, MANY);

            assertThat(vacuum(queue)).isOne();

            assertThat(blocksOfALook(queue)).isLessThan(5);
        }
    }

    private static int blocksOfALook(Fixture queue) throws SQLException {
        try (Connection connection = queue.dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet plan = statement.executeQuery("""
                        explain (analyze, buffers, costs off)
                        select 1 from leasehold.ready where lane_id = 1 order by rank, scheduled_at, run_id limit 1""")) {
            plan.next();
            plan.next();
            Matcher hit = Pattern.compile("Buffers: shared hit=(\\d+)").matcher(plan.getString(1));
            assertThat(hit.find()).isTrue();
            return Integer.parseInt(hit.group(1));
        }
    }

    @Test
    void h2ClearsAwayByItself() throws SQLException {
        try (Fixture queue = new Fixture(Database.H2)) {
            assertThat(vacuum(queue)).isZero();
        }
    }
}
