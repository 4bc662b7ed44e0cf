package dev.leasehold.worker;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Awaited;
import dev.leasehold.api.HandlerExtension;
import dev.leasehold.api.HandlerTransaction;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.OnTimeout;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Received;
import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.Order;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.Transactions;
import dev.leasehold.wait.CompleteWaits;
import dev.leasehold.wait.NewWait;
import dev.leasehold.wait.OpenWaits;
import dev.leasehold.wait.SendSignals;
import dev.leasehold.wait.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** What a handler waits for begins with its suspension, and its next attempt knows what came of it. */
@ParameterizedClass
@CsvSource({"H2, NONE", "H2, WITH_COMPLETION", "POSTGRESQL, NONE", "POSTGRESQL, WITH_COMPLETION"})
class AttemptWaitTest {

    private static final NewTask TASK = NewTask.of("order").retryEvery(Duration.ofSeconds(5));

    @Parameter(0)
    Database database;

    @Parameter(1)
    HandlerTransaction transaction;

    private final List<List<Received>> seen = new ArrayList<>();
    private Fixture queue;
    private LossyTransactions transactions;
    private OneHandler.Work handler = this::twoGoThenStop;

    @BeforeEach
    void begin() {
        queue = new Fixture(database);
        transactions = new LossyTransactions(queue.transactions);
        queue.put(Transactions.class, transactions);
        queue.put(HandlerExtension.class, new OneHandler("order", transaction, attempt -> handler.run(attempt)));
        queue.activate();
    }

    @AfterEach
    void verify() {
        try (Fixture closing = queue) {
            closing.verify();
        }
    }

    private Outcome twoGoThenStop(Attempt attempt) {
        List<Received> received = attempt.received();
        seen.add(received);
        List<String> names = List.of("go", "go", "stop");
        return received.size() == names.size()
                ? Outcome.success()
                : Outcome.waitFor(Awaited.signal(names.get(received.size())));
    }

    @Test
    void itTakesWhatCameBeforeItAndWaitsForTheRest() {
        UUID run = queue.run(TASK);
        send(run, "go", "1");
        attempt();
        assertThat(queue.row(run).state()).isEqualTo(RunState.READY);
        attempt();
        assertThat(queue.row(run).state()).isEqualTo(RunState.SUSPENDED);
        assertThat(claimed()).isEmpty();
        send(run, "go", "2");
        send(run, "stop", null);
        attempt();
        attempt();

        assertThat(queue.row(run).state()).isEqualTo(RunState.COMPLETED);
        assertThat(seen).extracting(List::size).containsExactly(0, 1, 2, 3);
        assertThat(seen.get(3)).extracting(Received::name).containsExactly("go", "go", "stop");
        assertThat(seen.get(3)).extracting(Received::json).containsExactly("1", "2", null);
        assertThat(queue.row(run).attemptsSuspended()).isEqualTo(3);
    }

    @Test
    void afterACommitOfUnknownOutcomeItWaitsOnce() {
        UUID run = queue.run(TASK);
        List<Claimed> claimed = claimed();
        handler = attempt -> Outcome.waitFor(Awaited.approval());
        transactions.loseNext();
        store(claimed);

        assertThat(queue.row(run).state()).isEqualTo(RunState.SUSPENDED);
        assertThat(queue.in(() -> queue.get(Waits.class).of(CALLER, run, null, 10)))
                .singleElement()
                .satisfies(wait -> {
                    assertThat(wait.id())
                            .isEqualTo(String.valueOf(claimed.get(0).attemptId()));
                    assertThat(wait.kind()).isEqualTo("approval");
                    assertThat(wait.blocks()).isTrue();
                });
    }

    @Test
    void aCommitThatDidNotHappenLeavesNothingUnlessItIsRepeated() {
        UUID run = queue.run(TASK);
        List<Claimed> claimed = claimed();
        handler = attempt -> Outcome.waitFor(Awaited.external());
        transactions.refuseNext();
        store(claimed);
        boolean repeated = transaction == HandlerTransaction.NONE;

        assertThat(queue.row(run).state()).isEqualTo(repeated ? RunState.SUSPENDED : RunState.RETRY_WAIT);
        assertThat(queue.count("select count(*) from leasehold.wait")).isEqualTo(repeated ? 1 : 0);
    }

    @Test
    void aTimerWakesItAndATimeoutSaysThatNothingHappened() {
        handler = attempt -> {
            seen.add(attempt.received());
            return switch (attempt.number()) {
                case 1 -> Outcome.waitFor(Awaited.timer(queue.clock.instant().plusSeconds(5)));
                case 2 ->
                    Outcome.waitFor(
                            Awaited.approval().until(queue.clock.instant().plusSeconds(5), OnTimeout.RESUME));
                default -> Outcome.success();
            };
        };
        UUID run = queue.run(TASK);
        for (int i = 0; i < 3; i++) {
            attempt();
            queue.clock.advance(Duration.ofSeconds(5));
            queue.in(() -> queue.get(CompleteWaits.class)
                    .execute(CALLER, queue.get(Waits.class).due(10)));
        }

        assertThat(queue.row(run).state()).isEqualTo(RunState.COMPLETED);
        assertThat(seen.get(2)).extracting(Received::happened).containsExactly(true, false);
    }

    @Test
    void aWaitThatCannotBeOpenedIsAFailure() {
        UUID run = queue.run(TASK);
        UUID other = queue.run(NewTask.of("mail"));
        List<Claimed> claimed = claimed();
        NewWait same = NewWait.of(claimed.get(0).attemptId(), Awaited.external());
        queue.in(() ->
                queue.get(OpenWaits.class).execute(CALLER, List.of(new OpenWaits.Request(Order.of(other), same))));
        store(claimed);

        assertThat(queue.row(run).state()).isEqualTo(RunState.RETRY_WAIT);
        assertThat(queue.attempts(run).get(0).error()).contains("suspended for was refused");
    }

    private void send(UUID run, String name, String json) {
        SendSignals.Request signal = new SendSignals.Request(Order.of(run), name, json);
        assertThat(queue.in(() -> queue.get(SendSignals.class).execute(CALLER, List.of(signal)))
                        .get(0)
                        .refusal())
                .isNull();
    }

    private void attempt() {
        List<Claimed> claimed = claimed();
        assertThat(claimed).hasSize(1);
        store(claimed);
    }

    private List<Claimed> claimed() {
        return queue.get(Round.class).run(List.of(), 1, Queues.ALL);
    }

    private void store(List<Claimed> claimed) {
        List<Report> left = new ArrayList<>();
        for (Claimed one : claimed) {
            Outcome outcome = queue.get(HandlerCall.class).call(one);
            if (outcome != null) {
                left.add(Reports.of(queue.get(Owner.class), one, outcome));
            }
        }
        queue.get(Round.class).run(left, 0, Queues.ALL);
    }
}
