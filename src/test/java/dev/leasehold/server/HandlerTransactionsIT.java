package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Payload;
import dev.leasehold.api.TaskQueue;
import dev.leasehold.attempt.AttemptRecord;
import dev.leasehold.attempt.Attempts;
import dev.leasehold.lease.Lease;
import dev.leasehold.lease.Leases;
import dev.leasehold.lease.Progress;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunFilter;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Runs;
import dev.leasehold.sql.Transactions;
import dev.leasehold.tenant.Caller;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server's own transactions around a handler: what it writes is there exactly if its run is completed by it. */
@ArquillianTest
class HandlerTransactionsIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Caller CALLER = Caller.application();
    private static final String RECEIPTS = "select count(*) from leasehold.task where queue = 'receipts'";

    @Inject
    TaskQueue queue;

    @Inject
    Transactions transactions;

    @Inject
    Runs runs;

    @Inject
    Attempts attempts;

    @Inject
    Leases leases;

    @Resource(lookup = "java:app/jdbc/Leasehold")
    DataSource source;

    private long receipts;

    @Deployment
    static EnterpriseArchive ear() {
        return Archives.earWith(
                HandlerTransactionsIT.class,
                Bank.class,
                CommittingTransfer.class,
                SeparateTransfer.class,
                StepwiseHandler.class);
    }

    @BeforeEach
    void accounts() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema if exists bank cascade");
            for (String table : Bank.TABLES) {
                statement.execute(table);
            }
            statement.execute("insert into bank.account values ('committing', 1, 0), ('committing', 2, 0)");
        }
        receipts = number(RECEIPTS);
    }

    @Test
    void aTransferIsThereWithItsCompletion() throws SQLException {
        expect(ended("", null), RunState.COMPLETED, 1);
    }

    @Test
    void anExceptionTakesItBackAndTheNextAttemptStartsClean() throws SQLException {
        Run run = ended("throw", null);

        expect(run, RunState.COMPLETED, 1);
        assertThat(attempts(run)).extracting(AttemptRecord::result).containsExactly("Failure", "Success");
        assertThat(attempts(run).get(0).error()).isEqualTo("java.lang.IllegalStateException: not yet");
    }

    @Test
    void aDeclaredExceptionTakesItBackAndFailsTheRun() throws SQLException {
        Run run = ended("terminal", null);

        expect(run, RunState.FAILED, 0);
        assertThat(attempts(run)).hasSize(1);
    }

    @Test
    void aTransactionThatTheHandlerMarkedIsAFailure() throws SQLException {
        Run run = ended("mark", null);

        expect(run, RunState.COMPLETED, 1);
        assertThat(attempts(run).get(0).error()).contains("marked for rollback");
    }

    @Test
    void overtimeTakesItBack() throws SQLException {
        Run run = ended("overtime", Duration.ofSeconds(1));

        expect(run, RunState.COMPLETED, 1);
        assertThat(attempts(run)).extracting(AttemptRecord::result).containsExactly("Timeout", "Success");
    }

    @Test
    void whatAnAttemptSaysIsSeenAndWhatItSubmitsComesWithItsCompletion() throws SQLException {
        UUID task = queue.submit(NewTask.of("stepwise"));
        UUID run = run(task).id();

        Progress progress = await().atMost(LIMIT)
                .until(
                        () -> transactions.inNew(() ->
                                leases.of(CALLER, run).map(Lease::progress).orElse(null)),
                        Objects::nonNull);
        assertThat(progress.percent()).isEqualTo(50);
        assertThat(progress.message()).isEqualTo("half of it");
        assertThat(number(RECEIPTS) - receipts).isZero();
        StepwiseHandler.GO_ON.countDown();

        assertThat(ended(task).state()).isEqualTo(RunState.COMPLETED);
        assertThat(number(RECEIPTS) - receipts).isEqualTo(1);
    }

    private Run ended(String payload, Duration timeout) {
        NewTask task =
                NewTask.of("transfer.committing").payload(Payload.text(payload)).retryEvery(Duration.ofMillis(1));
        return ended(queue.submit(timeout == null ? task : task.timeout(timeout)));
    }

    private Run ended(UUID task) {
        return await().atMost(LIMIT).until(() -> run(task), run -> run.state().terminal());
    }

    private Run run(UUID task) {
        RunFilter ofTask = new RunFilter(Set.of(), task, null, null);
        return transactions.inNew(() -> runs.page(CALLER, ofTask, 0, 1).get(0).run());
    }

    private List<AttemptRecord> attempts(Run run) {
        return transactions.inNew(() -> attempts.of(CALLER, run.id()));
    }

    /** The run, the transfers that are its own, the balances, and the tasks that it submitted. */
    private void expect(Run run, RunState state, int transfers) throws SQLException {
        assertThat(run.state())
                .as(() -> "attempts ended with "
                        + attempts(run).stream().map(AttemptRecord::error).toList())
                .isEqualTo(state);
        assertThat(number("select count(*) from bank.transfer where run_id = '" + run.id() + "'"))
                .isEqualTo(transfers);
        assertThat(number(RECEIPTS) - receipts).isEqualTo(transfers);
        assertThat(number("select balance from bank.account where id = 1")).isEqualTo(-transfers);
        assertThat(number("select balance from bank.account where id = 2")).isEqualTo(transfers);
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
