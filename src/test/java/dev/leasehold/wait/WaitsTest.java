package dev.leasehold.wait;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Awaited;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.OnTimeout;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.WaitKind;
import dev.leasehold.database.Fixture;
import dev.leasehold.fault.Fault;
import dev.leasehold.letter.IgnoreLetters;
import dev.leasehold.letter.LateWaits;
import dev.leasehold.letter.LetterOrder;
import dev.leasehold.letter.Letters;
import dev.leasehold.letter.RetryLetters;
import dev.leasehold.run.CancelRuns;
import dev.leasehold.run.HoldRuns;
import dev.leasehold.run.Order;
import dev.leasehold.run.Orders;
import dev.leasehold.run.ResumeRuns;
import dev.leasehold.run.RunState;
import dev.leasehold.run.UnholdRuns;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.LetterRow;
import dev.leasehold.sql.WaitRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class WaitsTest {

    private final Fixture queue;
    private int naps;

    WaitsTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void aReadyRunThatWaitsIsClaimedOnlyWhenAllIsOver() {
        UUID run = queue.run(NewTask.of("mail"));
        opened(run, wait("a", WaitKind.EXTERNAL));
        opened(run, wait("b", WaitKind.WEBHOOK));

        assertThat(queue.claim(1, "mail")).isEmpty();
        resolved("b", "k");
        assertThat(queue.claim(1, "mail")).isEmpty();
        resolved("a", "k");
        assertThat(queue.claim(1, "mail")).hasSize(1);
        assertThat(types(run)).containsSubsequence("wait.opened", "wait.opened", "wait.completed", "wait.completed");
        assertThat(refusal(run, wait("c", WaitKind.EXTERNAL)).code()).isEqualTo("invalid_state");
        assertThat(refusal(new UUID(3, 3), wait("d", WaitKind.EXTERNAL)).code()).isEqualTo("run_not_found");
    }

    @Test
    void aSuspendedRunResumesWithItsLastWait() {
        UUID run = suspended();
        opened(run, wait("a", WaitKind.APPROVAL));
        opened(run, timer("t", START.plusSeconds(5)));

        resolved("a", "k");
        assertThat(queue.row(run).state()).isEqualTo(RunState.SUSPENDED);
        queue.clock.advance(Duration.ofSeconds(4));
        assertThat(complete()).isZero();
        queue.clock.advance(Duration.ofSeconds(1));
        assertThat(complete()).isEqualTo(1);
        assertThat(queue.row(run).state()).isEqualTo(RunState.READY);
        assertThat(types(run)).endsWith("wait.completed", "run.resumed");
        assertThat(complete()).isZero();
    }

    @Test
    void aNameIsTheTenantsOnce() {
        UUID run = queue.run(NewTask.of("mail"));
        opened(run, wait("a", WaitKind.EXTERNAL));
        assertThat(refusal(run, wait("a", WaitKind.EXTERNAL)).code()).isEqualTo("wait_exists");
        assertThat(refusal(queue.run(NewTask.of("mail").priority(1)), wait("a", WaitKind.EXTERNAL))
                        .code())
                .isEqualTo("wait_exists");
    }

    @Test
    void resolvingIsRepeatableAndNotOtherwise() {
        UUID run = queue.run(NewTask.of("mail"));
        PayloadSchema schema = new PayloadSchema(Map.of("ok", "boolean"));
        opened(run, new NewWait("w1", new Awaited(WaitKind.WEBHOOK, null, null, null), schema));

        assertThat(resolve("w1", "k1", "{\"ok\":1}", Map.of("ok", "number"))
                        .refusal()
                        .code())
                .isEqualTo("payload_schema_violation");
        assertThat(status(run, "w1")).isEqualTo("waiting");
        ResolveWaits.Result first = resolve("w1", "k1", "{\"ok\":true}", Map.of("ok", "boolean"));
        String before = queue.dump();
        ResolveWaits.Result second = resolve("w1", "k1", "{\"ok\":true}", Map.of("ok", "boolean"));

        assertThat(first.duplicate()).isFalse();
        assertThat(second.duplicate()).isTrue();
        assertThat(seq(second)).isEqualTo(seq(first)).isEqualTo(queue.row(run).version());
        assertThat(resolve("w1", "k2", null, Map.of("ok", "boolean")).refusal().code())
                .isEqualTo("wait_resolution_conflict");
        assertThat(resolve("w1", "k1", "{\"ok\":false}", Map.of("ok", "boolean"))
                        .refusal()
                        .code())
                .isEqualTo("wait_resolution_conflict");
        assertThat(resolve("w9", "k1", null, Map.of()).refusal().code()).isEqualTo("wait_not_found");
        assertThat(queue.dump()).isEqualTo(before);
    }

    @Test
    void reminders() {
        UUID run = queue.run(NewTask.of("mail"));
        opened(run, late("w", WaitKind.EXTERNAL, OnTimeout.REMIND, Duration.ofSeconds(5)));
        queue.clock.advance(Duration.ofSeconds(12));

        assertThat(complete()).isEqualTo(1);
        WaitRow.Timeout timeout = Objects.requireNonNull(row(run, "w").timeout());
        assertThat(timeout.at()).isEqualTo(START.plusSeconds(17));
        assertThat(timeout.reminders()).isEqualTo(1);
        assertThat(timeout.remindedAt()).isEqualTo(START.plusSeconds(12));
        queue.clock.advance(Duration.ofSeconds(4));
        assertThat(complete()).isZero();
        queue.clock.advance(Duration.ofSeconds(1));
        assertThat(complete()).isEqualTo(1);
        assertThat(status(run, "w")).isEqualTo("waiting");
        assertThat(queue.claim(1, "mail")).isEmpty();

        UUID once = queue.run(NewTask.of("mail").priority(1));
        opened(once, late("v", WaitKind.EXTERNAL, OnTimeout.REMIND, null));
        queue.clock.advance(Duration.ofSeconds(4));
        complete();
        assertThat(status(once, "v")).isEqualTo("timed_out");
        assertThat(letters(run)).isEmpty();
        assertThat(letters(once)).containsExactly("open");
        assertThat(queue.row(once).state()).isEqualTo(RunState.READY);
        assertThat(queue.claim(1, "mail")).isEmpty();
    }

    @Test
    void aTimeoutComesBeforeAnInstantThatIsNotEarlier() {
        UUID run = suspended();
        Awaited.Timeout cancel = new Awaited.Timeout(START.plusSeconds(5), OnTimeout.CANCEL, null, null);
        opened(
                run,
                new NewWait(
                        "t",
                        new Awaited(WaitKind.TIMER, null, START.plusSeconds(5), cancel),
                        new PayloadSchema(Map.of())));
        opened(run, wait("other", WaitKind.APPROVAL));
        queue.clock.advance(Duration.ofSeconds(9));

        assertThat(complete()).isEqualTo(1);
        assertThat(queue.row(run).state()).isEqualTo(RunState.CANCELED);
        assertThat(status(run, "t")).isEqualTo("cancelled");
        assertThat(status(run, "other")).isEqualTo("cancelled");
        assertThat(resolve("other", "k", null, Map.of()).refusal().code()).isEqualTo("wait_not_waiting");
        assertThat(letters(run)).containsExactly("open");

        UUID next = suspended();
        Awaited.Timeout resume = new Awaited.Timeout(START.plusSeconds(20), OnTimeout.RESUME, null, null);
        opened(next, new NewWait("r", new Awaited(WaitKind.EXTERNAL, null, null, resume), new PayloadSchema(Map.of())));
        queue.clock.advance(Duration.ofSeconds(20));
        complete();
        assertThat(queue.row(next).state()).isEqualTo(RunState.READY);
    }

    @Test
    void lateConsentResumesInEitherOrder() {
        for (List<String> order : List.of(List.of("a", "b"), List.of("b", "a"))) {
            UUID run = suspended();
            opened(run, late("a" + order, WaitKind.APPROVAL, OnTimeout.ESCALATE, null));
            opened(run, late("b" + order, WaitKind.APPROVAL, OnTimeout.ESCALATE, null));
            queue.clock.advance(Duration.ofSeconds(11));
            assertThat(complete()).isEqualTo(2);

            assertThat(letters(run)).containsExactly("open", "open");
            resolved(order.get(0) + order, "k");
            assertThat(queue.row(run).state()).isEqualTo(RunState.SUSPENDED);
            assertThat(letters(run)).containsExactlyInAnyOrder("open", "resolved");
            resolved(order.get(1) + order, "k");
            assertThat(queue.row(run).state()).isEqualTo(RunState.READY);
            assertThat(letters(run)).containsExactly("resolved", "resolved");
        }
    }

    @Test
    void onlyConsentMayComeLateAndWhatIsPassedOverBlocksNothing() {
        UUID run = queue.run(NewTask.of("mail"));
        opened(run, late("old", WaitKind.APPROVAL, OnTimeout.ESCALATE, null));
        opened(run, late("hook", WaitKind.WEBHOOK, OnTimeout.ESCALATE, null));
        queue.clock.advance(Duration.ofSeconds(11));
        complete();

        assertThat(status(run, "hook")).isEqualTo("escalated");
        assertThat(letters(run)).containsExactly("open", "open");
        assertThat(resolve("hook", "k", null, Map.of()).refusal().code()).isEqualTo("wait_not_waiting");
        assertThat(done(queue.in(() -> queue.get(UnholdRuns.class).execute(CALLER, List.of(Order.of(run))))))
                .isTrue();
        assertThat(letters(run)).containsExactly("resolved", "resolved");
        opened(run, wait("new", WaitKind.APPROVAL));
        resolved("old", "k");
        assertThat(queue.claim(1, "mail")).isEmpty();
        resolved("new", "k");
        assertThat(queue.claim(1, "mail")).hasSize(1);
    }

    @Test
    void aHoldAndAWaitAreTwoThings() {
        UUID run = queue.run(NewTask.of("mail"));
        opened(run, timer("t", START.plusSeconds(5)));
        assertThat(done(queue.in(() -> queue.get(HoldRuns.class).execute(CALLER, List.of(Order.of(run))))))
                .isTrue();
        queue.clock.advance(Duration.ofSeconds(5));
        complete();

        assertThat(status(run, "t")).isEqualTo("woken");
        assertThat(queue.claim(1, "mail")).isEmpty();
        queue.in(() -> queue.get(UnholdRuns.class).execute(CALLER, List.of(Order.of(run))));
        assertThat(queue.claim(1, "mail")).hasSize(1);
    }

    @Test
    void whoeverLetsARunGoOrCallsItOffEndsItsWaits() {
        UUID resumed = suspended();
        opened(resumed, wait("a", WaitKind.EXTERNAL));
        queue.in(() -> queue.get(ResumeRuns.class).execute(CALLER, List.of(Order.of(resumed))));
        assertThat(status(resumed, "a")).isEqualTo("cancelled");
        assertThat(queue.claim(1, "nap0")).hasSize(1);

        UUID canceled = queue.run(NewTask.of("mail"));
        opened(canceled, timer("b", START.plusSeconds(5)));
        assertThat(queue.cancel(Order.of(canceled)).get(0).status()).isEqualTo(CancelRuns.Status.CANCELED);
        assertThat(status(canceled, "b")).isEqualTo("cancelled");
        queue.clock.advance(Duration.ofSeconds(5));
        assertThat(complete()).isZero();
    }

    @Test
    void aRunThatBecomesReadyWhileItWaitsIsNotClaimed() {
        UUID run = queue.run(NewTask.of("mail").scheduledAt(START.plusSeconds(5)));
        opened(run, wait("a", WaitKind.EXTERNAL));
        queue.clock.advance(Duration.ofSeconds(5));
        queue.promote(5);

        assertThat(queue.row(run).state()).isEqualTo(RunState.READY);
        assertThat(queue.claim(1, "mail")).isEmpty();
        resolved("a", "k");
        assertThat(queue.claim(1, "mail")).hasSize(1);
    }

    private UUID suspended() {
        String type = "nap" + naps++;
        UUID run = queue.run(NewTask.of(type));
        queue.finish(
                Fixture.report(queue.claim(1, type).get(0), new Outcome(Outcome.Kind.SUSPENDED, null, null, null)));
        return run;
    }

    private static NewWait wait(String id, WaitKind kind) {
        return new NewWait(id, new Awaited(kind, null, null, null), new PayloadSchema(Map.of()));
    }

    private static NewWait timer(String id, Instant at) {
        return new NewWait(id, new Awaited(WaitKind.TIMER, null, at, null), new PayloadSchema(Map.of()));
    }

    /** Takes too long after ten seconds from now. */
    private NewWait late(String id, WaitKind kind, OnTimeout action, @Nullable Duration every) {
        Awaited.Timeout timeout =
                new Awaited.Timeout(queue.clock.instant().plusSeconds(every == null ? 1 : 10), action, "ops", every);
        return new NewWait(id, new Awaited(kind, null, null, timeout), new PayloadSchema(Map.of()));
    }

    private void opened(UUID run, NewWait wait) {
        assertThat(open(run, wait).refusal()).isNull();
    }

    private Fault refusal(UUID run, NewWait wait) {
        return Objects.requireNonNull(open(run, wait).refusal());
    }

    private OpenWaits.Result open(UUID run, NewWait wait) {
        OpenWaits.Request request = new OpenWaits.Request(new Order(run, null, "why"), wait);
        return queue.in(() -> queue.get(OpenWaits.class).execute(CALLER, List.of(request)))
                .get(0);
    }

    private void resolved(String id, String key) {
        assertThat(resolve(id, key, null, Map.of()).refusal()).isNull();
    }

    private ResolveWaits.Result resolve(String id, String key, @Nullable String json, Map<String, String> members) {
        ResolveWaits.Request request = new ResolveWaits.Request(id, key, json, members, null);
        return queue.in(() -> queue.get(ResolveWaits.class).execute(CALLER, List.of(request)))
                .get(0);
    }

    @Test
    void whatTookTooLongIsNoFailureThatCouldBeRetried() {
        UUID run = queue.run(NewTask.of("mail"));
        opened(run, late("w", WaitKind.WEBHOOK, OnTimeout.ESCALATE, null));
        queue.clock.advance(Duration.ofSeconds(1));
        complete();
        String letter = LateWaits.idOf(run, "w");
        List<LetterOrder> order = List.of(new LetterOrder(letter, "why"));

        assertThat(queue.in(() -> queue.get(Letters.class).get(CALLER, letter)).reason())
                .isEqualTo("wait w took too long: escalated to ops");
        Fault refusal = queue.in(() -> queue.get(RetryLetters.class).execute(CALLER, order))
                .get(0)
                .refusal();
        assertThat(refusal.code()).isEqualTo("invalid_state");
        assertThat(refusal.getMessage()).endsWith("is of a wait: only those of runs are retried");
        queue.in(() -> queue.get(IgnoreLetters.class).execute(CALLER, order));
        queue.in(() -> queue.get(UnholdRuns.class).execute(CALLER, List.of(Order.of(run))));
        assertThat(letters(run)).containsExactly("ignored");
    }

    @Test
    void pagesBeginBehindAWait() {
        UUID run = queue.run(NewTask.of("mail"));
        for (String id : List.of("c", "a", "b")) {
            opened(run, wait(id, WaitKind.EXTERNAL));
        }
        queue.clock.advance(Duration.ofSeconds(1));
        opened(run, wait("0", WaitKind.EXTERNAL));
        resolved("b", "k");

        assertThat(page(run, null, 2)).containsExactly("a", "b");
        assertThat(page(run, "b", 2)).containsExactly("c", "0");
        assertThat(page(run, "0", 2)).isEmpty();
        assertThatThrownBy(() -> page(run, "z", 2)).isInstanceOf(WaitNotFound.class);
    }

    private List<String> page(UUID run, @Nullable String after, int max) {
        return queue.in(() -> queue.get(Waits.class).of(CALLER, run, after, max)).stream()
                .map(WaitRow::id)
                .toList();
    }

    private List<String> letters(UUID run) {
        return queue.in(() -> queue.get(Letters.class).page(CALLER, null, run, null, 100)).stream()
                .map(LetterRow::status)
                .toList();
    }

    private int complete() {
        return queue
                .in(() -> queue.get(CompleteWaits.class)
                        .execute(CALLER, queue.get(Waits.class).due(100)))
                .stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private WaitRow row(UUID run, String id) {
        return queue.in(() -> queue.get(Waits.class).of(CALLER, run, null, 100)).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private String status(UUID run, String id) {
        return row(run, id).status();
    }

    private List<String> types(UUID run) {
        return queue.events(run).stream().map(event -> event.type()).toList();
    }

    private static int seq(ResolveWaits.Result result) {
        return Objects.requireNonNull(result.row()).end().eventSeq();
    }

    private static boolean done(List<Orders.Result> results) {
        return results.get(0).refusal() == null;
    }
}
