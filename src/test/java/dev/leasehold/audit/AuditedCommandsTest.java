package dev.leasehold.audit;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.Fixture.report;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Awaited;
import dev.leasehold.api.Cron;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.WaitKind;
import dev.leasehold.database.Fixture;
import dev.leasehold.letter.Fingerprint;
import dev.leasehold.letter.IgnoreLetters;
import dev.leasehold.letter.LetterOrder;
import dev.leasehold.letter.ResolveLetters;
import dev.leasehold.letter.RetryLetters;
import dev.leasehold.queue.PauseOrder;
import dev.leasehold.queue.PauseQueues;
import dev.leasehold.queue.ResumeQueues;
import dev.leasehold.queue.SetLimits;
import dev.leasehold.run.AppendNotes;
import dev.leasehold.run.CancelRuns;
import dev.leasehold.run.HoldRuns;
import dev.leasehold.run.MoveRuns;
import dev.leasehold.run.Order;
import dev.leasehold.run.PrioritizeRuns;
import dev.leasehold.run.PromoteRuns;
import dev.leasehold.run.RerunFailures;
import dev.leasehold.run.RerunRuns;
import dev.leasehold.run.RescheduleRuns;
import dev.leasehold.run.ResumeRuns;
import dev.leasehold.run.UnholdRuns;
import dev.leasehold.sql.AuditRow;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.LetterStatement;
import dev.leasehold.sql.LimitStatement.Limit;
import dev.leasehold.sql.PermitScope;
import dev.leasehold.task.CancelTasks;
import dev.leasehold.task.FireTasks;
import dev.leasehold.task.PauseTasks;
import dev.leasehold.task.RescheduleTasks;
import dev.leasehold.task.ResumeTasks;
import dev.leasehold.task.TaskOrder;
import dev.leasehold.wait.NewWait;
import dev.leasehold.wait.OpenWaits;
import dev.leasehold.wait.PayloadSchema;
import dev.leasehold.wait.ResolveWaits;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every command of an operator: what it records, and that it records nothing where it changes nothing. */
@ParameterizedClass
@EnumSource(Database.class)
class AuditedCommandsTest {

    private static final String WHY = "because \u201cso\u201d";
    private static final NewTask LATER = NewTask.of("t").scheduledAt(START.plusSeconds(600));
    private static final AppendNotes.Note NOTE = new AppendNotes.Note("n-1", "{}");

    /** What is done, what it records, and whether it changes nothing when it is done again. */
    private record Case(String records, boolean once, Supplier<?> command) {}

    private final Fixture queue;

    AuditedCommandsTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
            assertThat(queue.get(AuditLedger.class).verify(CALLER).violation()).isNull();
        }
    }

    @Test
    void eachRecordsWhatItDid() {
        check(ofRuns());
        check(ofLetters());
        check(ofTasks());
        check(ofQueues());
    }

    private void check(List<Case> cases) {
        for (Case one : cases) {
            long before = last();
            queue.in(one.command());
            List<AuditRow> records = after(before);
            assertThat(records).as(one.records()).hasSize(1);
            AuditRow record = records.get(0);
            assertThat(record.eventType() + " " + command(record)).isEqualTo(one.records());
            assertThat(record.actor()).isEqualTo(CALLER.subject());
            assertThat(record.createdAtMs()).isEqualTo(queue.clock.instant().toEpochMilli());
            assertThat(record.payload()).contains("\"reason\":\"" + WHY + "\"", "\"after\":\"sha256:", "\"before\":");
            if (one.once()) {
                queue.in(one.command());
                assertThat(after(before)).as(one.records()).hasSize(1);
            }
        }
    }

    private List<Case> ofRuns() {
        UUID run = queue.run(NewTask.of("t"));
        return Stream.of(ofReady(run), ofWaits(run), ofLater(), ofEnd(run))
                .flatMap(List::stream)
                .toList();
    }

    private List<Case> ofReady(UUID run) {
        return List.of(
                new Case(
                        "run.held HoldRuns", true, () -> command(HoldRuns.class).execute(CALLER, orders(run))),
                new Case(
                        "run.unheld UnholdRuns",
                        true,
                        () -> command(UnholdRuns.class).execute(CALLER, orders(run))),
                new Case(
                        "run.priority_changed PrioritizeRuns",
                        false,
                        () -> command(PrioritizeRuns.class)
                                .execute(CALLER, List.of(new PrioritizeRuns.Request(order(run), 3)))),
                new Case(
                        "run.moved MoveRuns",
                        true,
                        () -> command(MoveRuns.class)
                                .execute(CALLER, List.of(new MoveRuns.Request(order(run), "other")))),
                new Case(
                        "note.appended AppendNotes",
                        true,
                        () -> command(AppendNotes.class)
                                .execute(CALLER, List.of(new AppendNotes.Request(order(run), List.of(NOTE))))));
    }

    private List<Case> ofWaits(UUID run) {
        NewWait wait = new NewWait("w", new Awaited(WaitKind.APPROVAL, null, null, null), new PayloadSchema(Map.of()));
        return List.of(
                new Case(
                        "wait.opened OpenWaits",
                        true,
                        () -> command(OpenWaits.class)
                                .execute(CALLER, List.of(new OpenWaits.Request(order(run), wait)))),
                new Case(
                        "wait.resolved ResolveWaits",
                        true,
                        () -> command(ResolveWaits.class)
                                .execute(CALLER, List.of(new ResolveWaits.Request("w", "k", null, Map.of(), WHY)))));
    }

    private List<Case> ofLater() {
        UUID later = queue.run(LATER);
        UUID suspended = queue.run(NewTask.of("s"));
        queue.finish(report(queue.claim(1, "s").get(0), Outcome.snooze(Duration.ofHours(1))));
        return List.of(
                new Case(
                        "run.moved RescheduleRuns",
                        false,
                        () -> command(RescheduleRuns.class)
                                .execute(
                                        CALLER,
                                        List.of(new RescheduleRuns.Request(order(later), START.plusSeconds(9))))),
                new Case(
                        "run.promoted PromoteRuns",
                        true,
                        () -> command(PromoteRuns.class).execute(CALLER, orders(later))),
                new Case(
                        "run.resumed ResumeRuns",
                        true,
                        () -> command(ResumeRuns.class).execute(CALLER, orders(suspended))));
    }

    private List<Case> ofEnd(UUID run) {
        return List.of(
                new Case(
                        "run.canceled CancelRuns",
                        true,
                        () -> command(CancelRuns.class).execute(CALLER, orders(run))),
                new Case(
                        "run.rerun RerunRuns",
                        true,
                        () -> command(RerunRuns.class).execute(CALLER, orders(run))));
    }

    private List<Case> ofLetters() {
        List<LetterOrder> letter = failed();
        return List.of(
                new Case(
                        "dead_letter.retry_requested RetryLetters",
                        true,
                        () -> command(RetryLetters.class).execute(CALLER, letter)),
                new Case(
                        "dead_letter.ignored IgnoreLetters",
                        true,
                        () -> command(IgnoreLetters.class).execute(CALLER, letter)),
                letterResolved(failed()),
                failureRerun());
    }

    private Case failureRerun() {
        failed();
        List<RerunFailures.Failure> failure = List.of(new RerunFailures.Failure(Fingerprint.of("no"), WHY));
        return new Case(
                "failure.rerun RerunFailures",
                true,
                () -> command(RerunFailures.class).execute(CALLER, failure));
    }

    private Case letterResolved(List<LetterOrder> letter) {
        return new Case(
                "dead_letter.resolved ResolveLetters",
                true,
                () -> command(ResolveLetters.class).execute(CALLER, letter));
    }

    private List<LetterOrder> failed() {
        UUID run = queue.run(NewTask.of("f"));
        queue.finish(report(queue.claim(1, "f").get(0), Outcome.fail("no")));
        return List.of(new LetterOrder(LetterStatement.idOf(run), WHY));
    }

    private List<Case> ofTasks() {
        UUID task =
                queue.submit(NewTask.of("t").cron(Cron.of("0 0 1 1 *"))).get(0).taskId();
        List<TaskOrder> orders = List.of(new TaskOrder(task, null, WHY));
        return List.of(
                new Case(
                        "task.paused PauseTasks",
                        true,
                        () -> command(PauseTasks.class).execute(CALLER, orders)),
                new Case(
                        "task.resumed ResumeTasks",
                        true,
                        () -> command(ResumeTasks.class).execute(CALLER, orders)),
                new Case(
                        "task.fired FireTasks",
                        false,
                        () -> command(FireTasks.class).execute(CALLER, orders)),
                new Case(
                        "task.canceled CancelTasks",
                        true,
                        () -> command(CancelTasks.class).execute(CALLER, List.of(new CancelTasks.Request(task, WHY)))));
    }

    private List<Case> ofQueues() {
        List<PauseOrder> all = List.of(new PauseOrder(null, WHY));
        List<PauseOrder> one = List.of(new PauseOrder("q", WHY));
        return List.of(
                new Case(
                        "queue.paused PauseQueues",
                        true,
                        () -> command(PauseQueues.class).execute(CALLER, all)),
                new Case(
                        "queue.paused PauseQueues",
                        true,
                        () -> command(PauseQueues.class).execute(CALLER, one)),
                new Case(
                        "queue.resumed ResumeQueues",
                        true,
                        () -> command(ResumeQueues.class).execute(CALLER, one)),
                new Case(
                        "queue.resumed ResumeQueues",
                        true,
                        () -> command(ResumeQueues.class).execute(CALLER, all)),
                limit(PermitScope.QUEUE, 3),
                limit(PermitScope.TYPE, 0),
                limit(PermitScope.KEY, 2));
    }

    private Case limit(PermitScope scope, int most) {
        Limit limit = new Limit(scope, "x", most, WHY);
        return new Case(
                "limit.set SetLimits", true, () -> command(SetLimits.class).execute(CALLER, List.of(limit)));
    }

    @Test
    void aLimitThatIsAsUsualIsNoChange() {
        queue.in(() -> command(SetLimits.class)
                .execute(
                        CALLER,
                        List.of(
                                new Limit(PermitScope.KEY, "k", 1, WHY),
                                new Limit(PermitScope.QUEUE, "q", null, WHY),
                                new Limit(PermitScope.TYPE, "t", null, WHY))));

        assertThat(after(0)).isEmpty();
    }

    @Test
    void runsThatGiveWayToAnotherPolicyAreRecordedEach() {
        UUID task = queue.submit(NewTask.of("t").cron(Cron.of("@daily").atMost(2)))
                .get(0)
                .taskId();
        RescheduleTasks.Request request =
                new RescheduleTasks.Request(new TaskOrder(task, null, WHY), Cron.of("@hourly"));

        int canceled = queue.in(() -> command(RescheduleTasks.class).execute(CALLER, List.of(request)))
                .get(0)
                .canceled();

        assertThat(canceled).isPositive();
        assertThat(after(0)).hasSize(1 + canceled);
        assertThat(after(0).get(0).payload()).contains("\"task_id\":\"" + task + "\"", "\"version\":2");
        assertThat(after(0).subList(1, 1 + canceled)).allSatisfy(record -> {
            assertThat(record.eventType() + " " + command(record)).isEqualTo("run.canceled RescheduleTasks");
            assertThat(queue.row(record.runId()).state().word()).isEqualTo("Canceled");
        });
    }

    @Test
    void aPluralCommandRecordsPerItemInTheirOrder() {
        UUID a = queue.run(NewTask.of("t"));
        UUID b = queue.run(NewTask.of("t"));
        UUID unknown = new UUID(3, 3);

        queue.in(() -> command(PrioritizeRuns.class)
                .execute(
                        CALLER,
                        Arrays.asList(b, unknown, a, b, a).stream()
                                .map(run -> new PrioritizeRuns.Request(order(run), 1))
                                .toList()));

        assertThat(after(0)).extracting(AuditRow::runId).containsExactly(b, a, b, a);
        assertThat(after(0)).extracting(AuditRow::seq).containsExactly(1L, 2L, 3L, 4L);
        assertThat(after(0).get(3).payload()).contains("\"version\":3");
    }

    @Test
    void beforeAndAfterAreDigestsOfWhatTheManualNames() {
        UUID run = queue.run(NewTask.of("t"));
        queue.in(() -> command(HoldRuns.class).execute(CALLER, orders(run)));

        String state = "{\"held\":%s,\"priority\":0,\"run_id\":\"" + run + "\",\"scheduled_at\":\""
                + queue.row(run).scheduledAt() + "\",\"state\":\"Ready\",\"version\":%d}";
        assertThat(after(0).get(0).payload())
                .isEqualTo("{\"after\":\"" + CanonicalJson.digest(String.format(state, true, 2)) + "\",\"before\":\""
                        + CanonicalJson.digest(String.format(state, false, 1))
                        + "\",\"command\":\"HoldRuns\",\"reason\":\"" + WHY + "\",\"run_id\":\"" + run
                        + "\",\"version\":2}");
    }

    @Test
    void severalCommandsOfOneTransactionStandInTheirOrder() {
        UUID run = queue.run(NewTask.of("t"));
        queue.in(() -> {
            command(HoldRuns.class).execute(CALLER, orders(run));
            command(PauseQueues.class).execute(CALLER, List.of(new PauseOrder("q", WHY)));
            return command(UnholdRuns.class).execute(CALLER, orders(run));
        });

        assertThat(after(0)).extracting(AuditRow::eventType).containsExactly("run.held", "queue.paused", "run.unheld");
    }

    private <T> T command(Class<T> type) {
        return queue.get(type);
    }

    private static String command(AuditRow record) {
        return record.payload().replaceFirst(".*\"command\":\"(\\w+)\".*", "$1");
    }

    private static Order order(UUID run) {
        return new Order(run, null, WHY);
    }

    private static List<Order> orders(UUID run) {
        return List.of(order(run));
    }

    private long last() {
        List<AuditRow> all = after(0);
        return all.isEmpty() ? 0 : all.get(all.size() - 1).seq();
    }

    private List<AuditRow> after(long seq) {
        return queue.in(() -> queue.get(AuditLedger.class).page(CALLER, null, seq, 1000));
    }
}
