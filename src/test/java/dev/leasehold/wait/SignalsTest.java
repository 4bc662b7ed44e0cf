package dev.leasehold.wait;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Awaited;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.OnTimeout;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Received;
import dev.leasehold.api.Signals;
import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.database.Fixture;
import dev.leasehold.event.Verification;
import dev.leasehold.fault.Fault;
import dev.leasehold.run.CancelRuns;
import dev.leasehold.run.Order;
import dev.leasehold.run.ResumeRuns;
import dev.leasehold.run.RunNotFound;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.SignalRow;
import dev.leasehold.sql.WaitRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class SignalsTest {

    private final Fixture queue;

    SignalsTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void whatCameFirstIsTakenInItsOrderByName() {
        UUID run = queue.run(NewTask.of("mail"));
        sent(run, "stop", "9");
        sent(run, "go", "1");
        sent(run, "go", "2");
        sent(run, "never", null);
        assertThat(queue.row(run).state()).isEqualTo(RunState.READY);

        for (String name : List.of("go", "go", "stop")) {
            suspend(run, name);
            assertThat(queue.row(run).state()).isEqualTo(RunState.READY);
        }

        assertThat(received(run)).extracting(Received::name).containsExactly("go", "go", "stop");
        assertThat(received(run)).extracting(Received::json).containsExactly("1", "2", "9");
        assertThat(received(run)).allMatch(Received::happened);
        assertThat(signals(run)).extracting(SignalRow::name).containsExactly("stop", "go", "go", "never");
        assertThat(signals(run)).extracting(SignalRow::ordinal).containsExactly(1, 1, 2, 1);
        assertThat(signals(run)).filteredOn(one -> one.taker() == null).hasSize(1);
        assertThat(types(run)).filteredOn("signal.received"::equals).hasSize(4);
        assertThat(types(run)).doesNotContain("wait.opened");
    }

    @Test
    void aSuspendedRunGoesOnWithTheSignalThatItWaitsFor() {
        UUID run = queue.run(NewTask.of("mail"));
        suspend(run, "go");
        assertThat(queue.row(run).state()).isEqualTo(RunState.SUSPENDED);

        sent(run, "stop", null);
        assertThat(queue.row(run).state()).isEqualTo(RunState.SUSPENDED);
        assertThat(send(run, "go", "{}").state()).isEqualTo("Ready");

        assertThat(queue.events(run).get(queue.events(run).size() - 1).type()).isEqualTo("signal.received");
        verified(run);
        assertThat(queue.claim(1, "mail")).hasSize(1);
        assertThat(send(run, "go", "7").state()).isEqualTo("Running");
        verified(run);
        assertThat(signals(run))
                .extracting(SignalRow::taker)
                .containsExactly(null, waitsOf(run).get(0).id(), null);
    }

    @Test
    void theOldestWaitTakesItAndTheRunGoesOnWithTheLast() {
        UUID run = queue.run(NewTask.of("mail"));
        opened(run, "a", Awaited.signal("go"));
        opened(run, "b", Awaited.signal("go"));
        opened(run, "c", Awaited.signal("stop"));

        sent(run, "go", "1");
        assertThat(status(run, "a", "b", "c")).containsExactly("woken", "waiting", "waiting");
        sent(run, "stop", null);
        assertThat(queue.claim(1, "mail")).isEmpty();
        sent(run, "go", "2");
        assertThat(queue.claim(1, "mail")).hasSize(1);
    }

    @Test
    void anotherWaitKeepsARunWhoseSignalWasThere() {
        UUID run = queue.run(NewTask.of("mail"));
        opened(run, "x", Awaited.external());
        sent(run, "go", null);
        opened(run, "a", Awaited.signal("go"));

        assertThat(status(run, "a", "x")).containsExactly("woken", "waiting");
        assertThat(queue.claim(1, "mail")).isEmpty();
        assertThat(types(run)).endsWith("wait.opened", "signal.received", "wait.completed");
    }

    @Test
    void whatTookTooLongTakesNothing() {
        UUID run = queue.run(NewTask.of("mail"));
        opened(run, "late", Awaited.signal("go").until(START.plusSeconds(5), OnTimeout.RESUME));
        opened(run, "next", Awaited.signal("go"));
        queue.clock.advance(Duration.ofSeconds(5));
        queue.in(() -> queue.get(CompleteWaits.class)
                .execute(CALLER, queue.get(Waits.class).due(10)));

        sent(run, "go", "1");

        assertThat(received(run)).extracting(Received::happened).containsExactly(false, true);
        assertThat(received(run)).extracting(Received::json).containsExactly(null, "1");
    }

    @Test
    void whoIsPassedOverTakesNothing() {
        UUID run = queue.run(NewTask.of("mail"));
        suspend(run, "go");
        queue.in(() -> queue.get(ResumeRuns.class).execute(CALLER, List.of(Order.of(run))));
        sent(run, "go", "1");
        assertThat(received(run)).extracting(Received::happened).containsExactly(false);

        suspend(run, "go");

        assertThat(received(run)).extracting(Received::happened).containsExactly(false, true);
    }

    @Test
    void whatIsRefusedLeavesNothing() {
        UUID run = queue.run(NewTask.of("mail"));
        opened(run, "w", Awaited.signal("go"));
        ResolveWaits.Request resolution = new ResolveWaits.Request("w", "k", null, Map.of(), null);
        assertThat(Objects.requireNonNull(
                                queue.in(() -> queue.get(ResolveWaits.class).execute(CALLER, List.of(resolution)))
                                        .get(0)
                                        .refusal())
                        .code())
                .isEqualTo("wait_takes_signals");
        queue.in(() -> queue.get(CancelRuns.class).execute(CALLER, List.of(Order.of(run))));

        assertThat(refusal(run, "go").code()).isEqualTo("not_running");
        assertThat(refusal(new UUID(3, 3), "go").code()).isEqualTo("run_not_found");
        assertThat(signals(run)).isEmpty();
        assertThat(types(run)).doesNotContain("signal.received");
    }

    @Test
    void anApplicationSendsThemInItsTransaction() {
        UUID run = queue.run(NewTask.of("mail"));
        Signals signals = queue.get(SendingSignals.class);
        queue.in(() -> {
            signals.send(run, "go", "1");
            signals.send(run, "go", null);
            return run;
        });
        assertThatThrownBy(() -> queue.in(() -> {
                    signals.send(run, "go", "3");
                    signals.send(new UUID(3, 3), "go", null);
                    return run;
                }))
                .isInstanceOf(RunNotFound.class);

        assertThat(signals(run)).extracting(SignalRow::payload).containsExactly("1", null);
        assertThatIllegalArgumentException().isThrownBy(() -> signals.send(run, "no name", null));
        String large = "\"" + "x".repeat(Signals.LONGEST_JSON - 1) + "\"";
        assertThatIllegalArgumentException().isThrownBy(() -> signals.send(run, "go", large));
    }

    @Test
    void aRunKeepsTenThousandOfAName() {
        UUID run = queue.run(NewTask.of("mail"));
        sent(run, "go", null);
        queue.tamper("update leasehold.signal set ordinal = 10000");
        queue.tamper("insert into leasehold.signal (tenant_id, run_id, event_seq, name, ordinal, created_at)"
                + " select tenant_id, run_id, 0, name, 1, created_at from leasehold.signal");

        assertThat(refusal(run, "go").code()).isEqualTo("too_many_signals");
        sent(run, "stop", null);
        queue.tamper("update leasehold.signal set wait_id = 'w' where event_seq = 0");
        sent(run, "go", null);
    }

    @Test
    void whoeverSendsAtTheSameTimeIsNumberedWithoutAGap() {
        UUID run = queue.run(NewTask.of("mail"));
        suspend(run, "go");
        CompletableFuture<?>[] senders = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.runAsync(() -> sent(run, "go", String.valueOf(i))))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(senders).join();

        assertThat(signals(run))
                .extracting(SignalRow::ordinal)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 8).boxed().toList());
        assertThat(signals(run)).filteredOn(one -> one.taker() != null).hasSize(1);
        assertThat(received(run))
                .extracting(Received::json)
                .containsExactly(signals(run).get(0).payload());
    }

    private void suspend(UUID run, String name) {
        Claimed claimed = queue.claim(1, "mail").get(0);
        Awaited awaited = Awaited.signal(name);
        queue.in(() -> {
            queue.get(FinishAttempts.class).execute(CALLER, List.of(Fixture.report(claimed, Outcome.waitFor(awaited))));
            OpenWaits.Request wait = OpenWaits.Request.of(run, Objects.requireNonNull(claimed.attemptId()), awaited);
            return queue.get(OpenWaits.class).execute(CALLER, List.of(wait));
        });
    }

    private void opened(UUID run, String id, Awaited awaited) {
        NewWait wait = new NewWait(id, awaited, new PayloadSchema(Map.of()));
        OpenWaits.Request request = new OpenWaits.Request(Order.of(run), wait);
        assertThat(queue.in(() -> queue.get(OpenWaits.class).execute(CALLER, List.of(request)))
                        .get(0)
                        .refusal())
                .isNull();
    }

    private void sent(UUID run, String name, @Nullable String json) {
        assertThat(send(run, name, json).refusal()).isNull();
    }

    private Fault refusal(UUID run, String name) {
        return Objects.requireNonNull(send(run, name, null).refusal());
    }

    private SendSignals.Result send(UUID run, String name, @Nullable String json) {
        SendSignals.Request request = new SendSignals.Request(Order.of(run), name, json);
        return queue.in(() -> queue.get(SendSignals.class).execute(CALLER, List.of(request)))
                .get(0);
    }

    private List<Received> received(UUID run) {
        return queue.in(() -> queue.get(Waits.class).received(CALLER, run, 100));
    }

    private List<SignalRow> signals(UUID run) {
        return queue.in(() -> queue.get(Waits.class).signals(CALLER, run, 0, 100));
    }

    private List<WaitRow> waitsOf(UUID run) {
        return queue.in(() -> queue.get(Waits.class).of(CALLER, run, null, 100));
    }

    private List<String> status(UUID run, String... ids) {
        return Stream.of(ids)
                .map(id -> waitsOf(run).stream()
                        .filter(one -> one.id().equals(id))
                        .findFirst()
                        .orElseThrow()
                        .status())
                .toList();
    }

    /** What the product itself says of its rows and events. */
    private void verified(UUID run) {
        assertThat(queue.in(() -> queue.get(Verification.class).verify(CALLER, run))
                        .differences())
                .isEmpty();
    }

    private List<String> types(UUID run) {
        return queue.events(run).stream().map(one -> one.type()).toList();
    }
}
