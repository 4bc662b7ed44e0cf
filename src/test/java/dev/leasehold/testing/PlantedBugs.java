package dev.leasehold.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.FenceTable;
import dev.leasehold.api.Handler;
import dev.leasehold.api.Handles;
import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;

/** Mistakes that handlers make, each beside the handler that does not make it. */
final class PlantedBugs {

    private static final String CREDIT = "update account set balance = balance + 100";
    private static final String GUARD = "insert into credited values ('%s')";

    private PlantedBugs() {}

    /** What a handler does with a connection. */
    @FunctionalInterface
    interface Steps {
        Outcome run(Connection connection, Attempt attempt) throws SQLException;
    }

    /** A handler on the application's tables. */
    @Handles("planted")
    static final class Planted implements Handler<Payload> {

        private final DataSource source;
        private final Steps steps;

        Planted(DataSource source, Steps steps) {
            this.source = source;
            this.steps = steps;
        }

        @Override
        public Outcome run(Payload payload, Attempt attempt) throws SQLException {
            try (Connection connection = source.getConnection()) {
                return steps.run(connection, attempt);
            }
        }
    }

    /** A hundred are credited once. */
    static Outcome effectBeforeItsGuard(Connection connection, Attempt attempt) throws SQLException {
        if (!credited(connection, attempt)) {
            execute(connection, CREDIT);
            execute(connection, GUARD.formatted(attempt.runId()));
        }
        return Outcome.success();
    }

    static Outcome guardInAnotherTransaction(Connection connection, Attempt attempt) throws SQLException {
        if (!credited(connection, attempt)) {
            execute(connection, GUARD.formatted(attempt.runId()));
            execute(connection, CREDIT);
        }
        return Outcome.success();
    }

    static Outcome guardAndEffectTogether(Connection connection, Attempt attempt) throws SQLException {
        connection.setAutoCommit(false);
        if (!credited(connection, attempt)) {
            execute(connection, GUARD.formatted(attempt.runId()));
            execute(connection, CREDIT);
        }
        connection.commit();
        return Outcome.success();
    }

    private static boolean credited(Connection connection, Attempt attempt) throws SQLException {
        return number(connection, "select count(*) from credited where run_id = '" + attempt.runId() + "'") > 0;
    }

    /** The last of a key's runs to write says how many there are. */
    static Outcome keyNotChecked(Connection connection, Attempt attempt) throws SQLException {
        return summed(connection, attempt, false);
    }

    static Outcome keyChecked(Connection connection, Attempt attempt) throws SQLException {
        return summed(connection, attempt, true);
    }

    private static Outcome summed(Connection connection, Attempt attempt, boolean checked) throws SQLException {
        if (!credited(connection, attempt)) {
            execute(connection, GUARD.formatted(attempt.runId()));
        }
        long sum = number(connection, "select count(*) from credited");
        connection.setAutoCommit(false);
        if (checked) {
            new FenceTable("key_fence").admit(connection, attempt);
        }
        execute(connection, "update account set balance = " + sum);
        connection.commit();
        return Outcome.success();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** So many tasks, and the balance in the end. */
    record Bank(Steps steps, int runs, long balance) implements Scenario {
        @Override
        public void prepare(DataSource source) throws SQLException {
            try (Connection connection = source.getConnection()) {
                execute(connection, "create table account as select 0 as balance");
                execute(connection, "create table credited (run_id varchar(36) primary key)");
                execute(connection, "create table key_fence (name varchar(255) primary key, fence bigint not null)");
            }
        }

        @Override
        public List<Handler<?>> handlers(TestQueue queue) {
            return List.of(new Planted(queue.dataSource(), steps));
        }

        @Override
        public List<NewTask> tasks() {
            NewTask task = NewTask.of("planted")
                    .retryEvery(Duration.ofSeconds(1))
                    .gates(Gates.key("account", HoldPolicy.RELEASE_ON_RETRY));
            return Collections.nCopies(runs, task);
        }

        @Override
        public void check(TestQueue queue) throws SQLException {
            try (Connection connection = queue.dataSource().getConnection()) {
                assertThat(number(connection, "select balance from account")).isEqualTo(balance);
            }
        }
    }
}
