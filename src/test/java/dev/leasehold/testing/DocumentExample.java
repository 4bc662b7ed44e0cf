package dev.leasehold.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.AttemptFailed;
import dev.leasehold.api.Awaited;
import dev.leasehold.api.FenceTable;
import dev.leasehold.api.Handler;
import dev.leasehold.api.Handles;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.OnTimeout;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.api.Received;
import dev.leasehold.api.RunFinished;
import dev.leasehold.run.RunState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The examples of docs/handlers.md. */
class DocumentExample {

    /** Sends letters, unless it is Sunday. */
    interface Post {
        boolean send(String letter);
    }

    @Dependent
    @Handles("letter.send")
    static class SendLetter implements Handler<String> {

        private final Post post;

        @Inject
        SendLetter(Post post) {
            this.post = post;
        }

        @Override
        public Outcome run(String letter, Attempt attempt) {
            return post.send(letter) ? Outcome.success() : Outcome.retry("the post is closed");
        }
    }

    @Dependent
    @Handles("invoice.pay")
    static class PayInvoice implements Handler<String> {

        private final Clock clock;

        @Inject
        PayInvoice(Clock clock) {
            this.clock = clock;
        }

        @Override
        public Outcome run(String invoice, Attempt attempt) {
            List<Received> received = attempt.received();
            if (received.isEmpty()) {
                Instant month = clock.instant().plus(Duration.ofDays(30));
                return Outcome.waitFor(Awaited.signal("paid").until(month, OnTimeout.RESUME));
            }
            return received.get(0).happened() ? Outcome.success() : Outcome.fail("nobody paid");
        }
    }

    @ApplicationScoped
    static class Watch {

        private final List<String> seen = new CopyOnWriteArrayList<>();

        void over(@Observes RunFinished run) {
            seen.add(run.type() + " is " + run.state());
        }

        void failed(@Observes AttemptFailed attempt) {
            seen.add(attempt.type() + ": " + attempt.result());
        }
    }

    @Dependent
    @Handles("ledger.close")
    static class CloseLedger implements Handler<String> {

        private final FenceTable fences = new FenceTable("key_fence");
        private final DataSource ledgers;

        @Inject
        CloseLedger(DataSource ledgers) {
            this.ledgers = ledgers;
        }

        @Override
        public Outcome run(String ledger, Attempt attempt) throws SQLException {
            for (int month = 1; month <= 12; month++) {
                if (attempt.cancelRequested()) {
                    return Outcome.retry("told to stop before month " + month);
                }
                close(month, attempt);
                attempt.progress(month * 100 / 12, "month " + month + " is closed");
            }
            attempt.submit(NewTask.of("letter.send").payload(Payload.text(ledger + " is closed")));
            return Outcome.success();
        }

        private void close(int month, Attempt attempt) throws SQLException {
            try (Connection connection = ledgers.getConnection();
                    PreparedStatement statement =
                            connection.prepareStatement("update ledger_month set closed = true where number = ?")) {
                connection.setAutoCommit(false);
                fences.admit(connection, attempt);
                statement.setInt(1, month);
                statement.executeUpdate();
                connection.commit();
            }
        }
    }

    @Test
    void aLetterIsSentWhenThePostHasOpened() {
        List<String> sent = new ArrayList<>();
        boolean[] open = {false};
        try (TestQueue queue = TestQueue.with(new SendLetter(letter -> open[0] && sent.add(letter)))) {
            UUID task = queue.submit(
                    NewTask.of("letter.send").payload(Payload.text("Dear Ada")).retryEvery(Duration.ofMinutes(5)));
            queue.runAll();
            assertThat(queue.runs(task)).singleElement().satisfies(run -> {
                assertThat(run.state()).isEqualTo(RunState.RETRY_WAIT);
                assertThat(run.attempts().get(0).error()).isEqualTo("the post is closed");
            });

            open[0] = true;
            queue.clock().advance(Duration.ofMinutes(5));
            queue.runAll();
            assertThat(queue.runs(task).get(0).state()).isEqualTo(RunState.COMPLETED);
            assertThat(sent).containsExactly("Dear Ada");
        }
    }

    @Dependent
    @Handles("account.credit")
    static class Credit implements Handler<String> {

        private final DataSource database;

        @Inject
        Credit(DataSource database) {
            this.database = database;
        }

        @Override
        public Outcome run(String amount, Attempt attempt) throws SQLException {
            try (Connection connection = database.getConnection();
                    PreparedStatement add = connection.prepareStatement("update account set balance = balance + ?")) {
                add.setInt(1, Integer.parseInt(amount));
                add.executeUpdate();
            }
            return Outcome.success();
        }
    }

    static class CreditOnce implements Scenario {

        @Override
        public void prepare(DataSource database) throws SQLException {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table account as select 0 as balance");
            }
        }

        @Override
        public List<Handler<?>> handlers(TestQueue queue) {
            return List.of(new Credit(queue.dataSource()));
        }

        @Override
        public List<NewTask> tasks() {
            return List.of(NewTask.of("account.credit").payload(Payload.text("100")));
        }

        @Override
        public void check(TestQueue queue) throws SQLException {
            try (Connection connection = queue.dataSource().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select balance from account")) {
                row.next();
                assertThat(row.getInt("balance")).isEqualTo(100);
            }
        }
    }

    static void explore() {
        CrashExplorer.of(CreditOnce::new).explore();
    }
}
