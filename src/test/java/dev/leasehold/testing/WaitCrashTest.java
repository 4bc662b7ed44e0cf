package dev.leasehold.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Awaited;
import dev.leasehold.api.Handler;
import dev.leasehold.api.HandlerTransaction;
import dev.leasehold.api.Handles;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.OnTimeout;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.api.Received;
import dev.leasehold.run.RunState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A process that waits, and one that tells it, die at each of their steps: each signal is taken once, in its order. */
class WaitCrashTest {

    private static final UUID ORDER = UUID.fromString("00000000-0000-7000-8000-0000000000aa");
    private static final List<String> NAMES = List.of("go", "stop");

    /** Waits for two signals, and is paid when it has them. */
    private static class Order implements Handler<Payload> {
        private final List<List<String>> seen;

        Order(List<List<String>> seen) {
            this.seen = seen;
        }

        @Override
        public Outcome run(Payload payload, Attempt attempt) {
            List<Received> received = attempt.received();
            seen.add(received.stream().map(Received::json).toList());
            return received.size() < NAMES.size()
                    ? Outcome.waitFor(Awaited.signal(NAMES.get(received.size()))
                            .until(TestClock.START.plusSeconds(86_400), OnTimeout.CANCEL))
                    : Outcome.success();
        }
    }

    @Handles("order")
    private static final class Alone extends Order {
        Alone(List<List<String>> seen) {
            super(seen);
        }
    }

    @Handles(value = "order", transaction = HandlerTransaction.WITH_COMPLETION)
    private static final class Together extends Order {
        Together(List<List<String>> seen) {
            super(seen);
        }
    }

    /** Tells it one thing, once. */
    @Handles(value = "tell", transaction = HandlerTransaction.WITH_COMPLETION)
    private static final class Tell implements Handler<String> {
        private final TestQueue queue;

        Tell(TestQueue queue) {
            this.queue = queue;
        }

        @Override
        public Outcome run(String json, Attempt attempt) {
            UUID run = queue.runs(ORDER).get(0).id();
            queue.signals().send(run, json.equals("2") ? "stop" : "go", json);
            return Outcome.success();
        }
    }

    private record Told(HandlerTransaction transaction, List<List<String>> seen) implements Scenario {

        static Told by(HandlerTransaction transaction) {
            return new Told(transaction, new ArrayList<>());
        }

        @Override
        public List<Handler<?>> handlers(TestQueue queue) {
            boolean together = transaction == HandlerTransaction.WITH_COMPLETION;
            return List.of(together ? new Together(seen) : new Alone(seen), new Tell(queue));
        }

        @Override
        public List<NewTask> tasks() {
            NewTask tell = NewTask.of("tell").retryEvery(Duration.ofSeconds(1)).maxAttempts(5);
            return List.of(
                    tell.payload(Payload.text("1")),
                    NewTask.of("order").id(ORDER).maxAttempts(5).retryEvery(Duration.ofSeconds(1)),
                    tell.payload(Payload.text("2")).scheduledAt(TestClock.START.plusSeconds(40_000)));
        }

        @Override
        public void check(TestQueue queue) throws SQLException {
            RunView run = queue.runs(ORDER).get(0);
            assertThat(run.state()).isEqualTo(RunState.COMPLETED);
            assertThat(seen.get(seen.size() - 1)).containsExactly("1", "2");
            assertThat(count(queue, "signal where wait_id is not null")).isEqualTo(2);
            assertThat(count(queue, "signal")).isEqualTo(2);
            assertThat(count(queue, "wait")).isEqualTo(2);
            assertThat(count(queue, "wait where blocks or status <> 'woken'")).isZero();
            assertThat(count(queue, "event where type = 'signal.received'")).isEqualTo(2);
        }

        private static int count(TestQueue queue, String what) throws SQLException {
            try (Connection connection = queue.dataSource().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select count(*) from leasehold." + what)) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    @Test
    void aHandlerOfItsOwnTransactions() {
        Exploration explored = CrashExplorer.of(() -> Told.by(HandlerTransaction.NONE))
                .combinations(0)
                .explore();

        assertThat(explored.schedules()).isGreaterThan(300);
    }

    @Test
    void aHandlerThatCommitsWithItsSuspension() {
        Exploration explored = CrashExplorer.of(() -> Told.by(HandlerTransaction.WITH_COMPLETION))
                .combinations(0)
                .explore();

        assertThat(explored.schedules()).isGreaterThan(300);
    }
}
