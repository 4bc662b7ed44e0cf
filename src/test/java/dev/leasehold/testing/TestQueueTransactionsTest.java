package dev.leasehold.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Handler;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.run.RunState;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestQueueTransactionsTest {

    private final TestQueue queue = TestQueue.with();
    private final Accounts accounts = new Accounts(queue.dataSource());

    @BeforeEach
    void tables() throws SQLException {
        Accounts.create(queue.dataSource());
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void whatAHandlerWithCompletionWritesIsThereExactlyIfItsRunIsCompleted() throws SQLException {
        UUID task = attempted("together", (payload, attempt) -> {
            accounts.pay(attempt.runId());
            return attempt.number() == 1 ? Outcome.retry("not yet") : Outcome.success();
        });
        assertThat(state(task)).isEqualTo(RunState.RETRY_WAIT);
        assertThat(accounts.payments()).isZero();
        again();

        assertThat(state(task)).isEqualTo(RunState.COMPLETED);
        assertThat(accounts.payments()).isEqualTo(1);
    }

    @Test
    void whatAnotherHandlerWritesStays() throws SQLException {
        UUID task = attempted("alone", (payload, attempt) -> {
            accounts.pay(attempt.runId());
            return attempt.number() == 1 ? Outcome.retry("not yet") : Outcome.success();
        });
        assertThat(accounts.payments()).isEqualTo(1);
        again();

        assertThat(state(task)).isEqualTo(RunState.COMPLETED);
        assertThat(accounts.payments()).isEqualTo(2);
    }

    @Test
    void aTaskThatAHandlerSubmitsIsThereWithItsCompletion() {
        queue.elsewhere("mail");
        attempted("together", (payload, attempt) -> {
            queue.tasks().submit(NewTask.of("mail"));
            return attempt.number() == 1 ? Outcome.retry("not yet") : Outcome.success();
        });
        assertThat(queue.runs()).hasSize(1);
        again();

        assertThat(queue.runs()).extracting(RunView::type).containsExactlyInAnyOrder("together", "mail");
    }

    @Test
    void aTaskThatAnotherHandlerSubmitsIsThereAtOnce() {
        queue.elsewhere("mail");
        attempted("alone", (payload, attempt) -> {
            queue.tasks().submit(NewTask.of("mail"));
            return Outcome.retry("not yet");
        });

        assertThat(queue.runs()).extracting(RunView::type).containsExactlyInAnyOrder("alone", "mail");
    }

    @Test
    void aStatementThatFailedSpoilsTheTransaction() throws SQLException {
        UUID task = attempted("together", (payload, attempt) -> {
            accounts.pay(attempt.runId());
            try (Connection connection = queue.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("insert into nowhere values (1)");
            } catch (SQLException e) {
                return Outcome.success();
            }
            return Outcome.fail("there is no such table");
        });

        assertThat(state(task)).isEqualTo(RunState.RETRY_WAIT);
        assertThat(queue.runs(task).get(0).attempts().get(0).error()).contains("marked for rollback");
        assertThat(accounts.payments()).isZero();
    }

    @Test
    void aSavepointUndoesWhatFailed() throws SQLException {
        UUID task = attempted("together", (payload, attempt) -> {
            accounts.pay(attempt.runId());
            try (Connection connection = queue.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                Savepoint before = connection.setSavepoint();
                assertThatThrownBy(() -> statement.execute("insert into nowhere values (1)"))
                        .isInstanceOf(SQLException.class);
                connection.rollback(before);
            }
            return Outcome.success();
        });

        assertThat(state(task)).isEqualTo(RunState.COMPLETED);
        assertThat(accounts.payments()).isEqualTo(1);
    }

    @Test
    void whoeverJoinsATransactionCannotEndIt() throws SQLException {
        try (Connection outside = queue.dataSource().getConnection()) {
            assertThat(outside.getAutoCommit()).isTrue();
        }
        Connection left = queue.inTransaction(() -> {
            Connection connection = queue.dataSource().getConnection();
            assertThat(connection.getAutoCommit()).isFalse();
            connection.setAutoCommit(false);
            assertThatThrownBy(connection::commit).hasMessageContaining("cannot be committed");
            assertThatThrownBy(connection::rollback).hasMessageContaining("cannot be rolled back");
            assertThatThrownBy(() -> connection.setAutoCommit(true)).hasMessageContaining("statement by statement");
            accounts.pay(UUID.randomUUID());
            return connection;
        });

        assertThat(accounts.payments()).isEqualTo(1);
        assertThat(left.isClosed()).isTrue();
        assertThatThrownBy(left::createStatement).isInstanceOf(SQLException.class);
    }

    @Test
    void aClosedConnectionOfATransactionIsClosedAndTheTransactionGoesOn() throws SQLException {
        queue.inTransaction(() -> {
            Connection connection = queue.dataSource().getConnection();
            connection.close();
            assertThatThrownBy(connection::createStatement).isInstanceOf(SQLException.class);
            accounts.pay(UUID.randomUUID());
            return connection;
        });

        assertThat(accounts.payments()).isEqualTo(1);
    }

    @Test
    void aTransactionThatThrowsIsRolledBackWithItsTask() throws SQLException {
        assertThatThrownBy(() -> queue.inTransaction(() -> {
                    accounts.pay(UUID.randomUUID());
                    queue.submit(NewTask.of("alone"));
                    throw new IOException("no");
                }))
                .isInstanceOf(IOException.class);

        assertThat(accounts.payments()).isZero();
        assertThat(queue.runs()).isEmpty();
    }

    @Test
    void workThatJoinsATransactionAndThrowsHasItRolledBack() throws SQLException {
        assertThatThrownBy(() -> queue.inTransaction(() -> {
                    accounts.pay(UUID.randomUUID());
                    assertThatThrownBy(() -> queue.inTransaction(() -> {
                                throw new IOException("no");
                            }))
                            .isInstanceOf(IOException.class);
                    return true;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is rolled back");

        assertThat(accounts.payments()).isZero();
    }

    private UUID attempted(String type, Written.Body body) {
        Handler<?> handler = type.equals("alone") ? new Written.Alone(body) : new Written.Together(body);
        queue.add(handler);
        UUID task = queue.submit(NewTask.of(type).retryEvery(Duration.ofSeconds(5)));
        queue.runAll();
        return task;
    }

    private void again() {
        queue.clock().advance(Duration.ofSeconds(5));
        queue.runAll();
    }

    private RunState state(UUID task) {
        return queue.runs(task).get(0).state();
    }
}
