package dev.leasehold.stats;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.sql.Database;
import dev.leasehold.task.SubmitTasks;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans that were made when there were few runs are not kept when there are many. */
class AnalyzeTablesTest {

    private static final String EXPLAIN = "explain execute named('" + CALLER.tenant() + "', '{}')";

    @Test
    void aKeptPlanFollowsTheTableThatOutgrewIt() throws SQLException {
        try (Fixture queue = new Fixture(Database.POSTGRESQL);
                Connection connection = queue.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            submit(queue, 3);
            queue.tamper("analyze leasehold.run");
            statement.execute("set plan_cache_mode = force_generic_plan");
            statement.execute("set enable_seqscan = on");
            statement.execute("set enable_bitmapscan = on");
            statement.execute("""
                    prepare named(uuid, uuid[]) as
                    select state from leasehold.run where tenant_id = $1 and run_id = any ($2)""");
            assertThat(plan(statement)).contains("Seq Scan");
            submit(queue, 1500);
            assertThat(plan(statement)).contains("Seq Scan");

            assertThat(analyze(queue)).isPositive();

            assertThat(plan(statement)).contains("run_pkey").doesNotContain("Seq Scan");
            assertThat(analyze(queue)).as("nothing grew meanwhile").isZero();
        }
    }

    @Test
    void noMoreTablesThanWantedAreAnalyzedAtOnce() {
        try (Fixture queue = new Fixture(Database.POSTGRESQL)) {
            submit(queue, 1500);

            assertThat(queue.in(() -> queue.get(AnalyzeTables.class).execute(CALLER, List.of(1, 1))))
                    .containsExactly(1, 1);
            assertThat(analyze(queue)).isPositive();
        }
    }

    @Test
    void whatSomebodyElseLooksAtIsLeftOut() throws SQLException {
        try (Fixture queue = new Fixture(Database.POSTGRESQL);
                Connection other = queue.dataSource.getConnection();
                Statement statement = other.createStatement()) {
            submit(queue, 1500);
            other.setAutoCommit(false);
            statement.execute("analyze leasehold.run");

            assertThat(analyze(queue)).as("without waiting for the lock").isPositive();

            other.rollback();
            assertThat(queue.count(
                            "select count(*) from pg_stats where schemaname = 'leasehold' and tablename = 'task'"))
                    .isPositive();
        }
    }

    @Test
    void h2LooksByItself() {
        try (Fixture queue = new Fixture(Database.H2)) {
            submit(queue, 1500);

            assertThat(analyze(queue)).isZero();
        }
    }

    private static int analyze(Fixture queue) {
        return queue.in(() -> queue.get(AnalyzeTables.class).execute(CALLER, List.of(100)))
                .get(0);
    }

    private static void submit(Fixture queue, int tasks) {
        queue.in(() -> queue.get(SubmitTasks.class).execute(CALLER, Collections.nCopies(tasks, NewTask.of("mail"))));
    }

    private static String plan(Statement statement) throws SQLException {
        try (ResultSet lines = statement.executeQuery(EXPLAIN)) {
            StringBuilder plan = new StringBuilder();
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
            return plan.toString();
        }
    }
}
