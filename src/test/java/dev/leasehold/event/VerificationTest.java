package dev.leasehold.event;

import static dev.leasehold.database.Fixture.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Cron;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.database.Fixture;
import dev.leasehold.event.Verification.Verified;
import dev.leasehold.lease.HeldLease;
import dev.leasehold.run.HoldRuns;
import dev.leasehold.run.Order;
import dev.leasehold.run.PrioritizeRuns;
import dev.leasehold.run.ResumeRuns;
import dev.leasehold.run.RunNotFound;
import dev.leasehold.run.UnholdRuns;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class VerificationTest {

    /** A change of one row, and what is then named. */
    private static final String ROWS = """
            update leasehold.run set state = 'Leased'                               | state
            update leasehold.run set version = 11                                   | version
            update leasehold.run set version = 9                                    | version
            update leasehold.run set fence = 3                                      | fence
            update leasehold.run set attempts_started = 1                           | attempts_started
            update leasehold.run set attempts_suspended = 1                         | attempts_suspended
            update leasehold.run set priority = 8                                   | priority
            update leasehold.run set scheduled_at = scheduled_at + interval '0.000001' second | scheduled_at
            update leasehold.run set held = true                                    | held
            update leasehold.run set last_event_at = last_event_at + interval '1' second | last_event_at
            update leasehold.run set pos = pos + 1                                  | pos
            update leasehold.run set state = 'RetryWait', due_at = last_event_at    | next_attempt_at
            update leasehold.lease set fence = 1                                    | lease_fence
            update leasehold.lease set attempt_id = run_id                          | open_attempt_id
            delete from leasehold.lease                                             | open_attempt_id
            delete from leasehold.run                                               | row
            """;

    /** What to set in an event, the event, and what is then named. */
    private static final String EVENTS = """
            transitions = '>Ready'                                  | 1  | transitions
            transitions = ''                                        | 1  | event_type
            transitions = 'Scheduled>Leased'                        | 2  | transitions
            transitions = 'RetryWait>Ready'                         | 2  | transitions
            transitions = 'nonsense'                                | 6  | transitions
            transitions = 'Ready>Nowhere'                           | 6  | transitions
            transitions = 'Running>Failed'                          | 8  | transitions
            transitions = 'Running>Completed'                       | 8  | transitions
            transitions = 'Leased>Running,Ready>Leased'             | 10 | transitions
            fence = 3                                               | 6  | fence
            fence = null                                            | 6  | fence
            fence = 3                                               | 7  | fence
            fence = 2                                               | 8  | fence
            fence = 1                                               | 10 | fence
            attempt_id = run_id                                     | 7  | attempt_id
            attempt_id = null                                       | 7  | attempt_id
            attempt_id = run_id                                     | 8  | attempt_id
            attempt_number = 2                                      | 7  | attempt_number
            attempt_number = 2                                      | 8  | attempt_number
            priority = 8                                            | 3  | priority
            priority = 8                                            | 9  | priority
            scheduled_at = occurred_at                              | 1  | scheduled_at
            scheduled_at = occurred_at                              | 9  | scheduled_at
            due_at = occurred_at                                    | 10 | next_attempt_at
            type = 'run.done'                                       | 6  | event_type
            type = 'run.started'                                    | 6  | event_type
            type = 'run.unheld'                                     | 4  | held
            type = 'run.held'                                       | 5  | held
            type = 'note.appended'                                  | 5  | held
            occurred_at = occurred_at - interval '1' day            | 5  | occurred_at
            occurred_at = occurred_at + interval '1' day            | 5  | occurred_at
            occurred_at = occurred_at + interval '1' day            | 10 | last_event_at
            pos = 0                                                 | 5  | pos
            pos = pos + 100                                         | 5  | pos
            pos = pos + 100                                         | 10 | pos
            version = 99                                            | 5  | seq
            version = 0                                             | 1  | seq
            """;

    private final Fixture queue;
    private UUID run = new UUID(0, 0);

    VerificationTest(Database database) {
        queue = new Fixture(database);
    }

    /** 1 submitted, 2 promoted, 3 prioritized, 4 held, 5 unheld, 6 leased, 7 started, 8 failed, 9 promoted, 10 started. */
    @BeforeEach
    void aRunWithAHistory() {
        run = queue.run(NewTask.of("mail")
                .priority(2)
                .scheduledAt(queue.clock.instant().plusSeconds(1))
                .retryEvery(Duration.ofSeconds(5)));
        queue.clock.advance(Duration.ofSeconds(1));
        queue.promote(1);
        queue.in(() -> queue.get(PrioritizeRuns.class)
                .execute(Fixture.CALLER, List.of(new PrioritizeRuns.Request(Order.of(run), 7))));
        queue.in(() -> queue.get(HoldRuns.class).execute(Fixture.CALLER, List.of(Order.of(run))));
        queue.in(() -> queue.get(UnholdRuns.class).execute(Fixture.CALLER, List.of(Order.of(run))));
        Claimed leased = queue.lease(1, "mail").get(0);
        UUID attempt =
                queue.start(new HeldLease("w", run, leased.fence())).get(0).attemptId();
        queue.finish(new FinishAttempts.Report("w", run, attempt, leased.fence(), Outcome.retry("no"), null));
        queue.clock.advance(Duration.ofSeconds(5));
        queue.promote(1);
        queue.claim(1, "mail");
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void anUntouchedRunIsWhatItsEventsTell() {
        Verified verified = verify();

        assertThat(verified.differences()).isEmpty();
        assertThat(verified.row()).isEqualTo(verified.projected());
        assertThat(verified.projected().state()).isEqualTo("Running");
        assertThat(verified.projected().version()).isEqualTo(10);
        assertThat(verified.projected().fence()).isEqualTo(2);
        assertThat(verified.projected().attemptsStarted()).isEqualTo(2);
        assertThat(verified.projected().priority()).isEqualTo(7);
    }

    @Test
    void everyWayOutIsWhatItsEventsTell() {
        queue.cancel(Order.of(run));
        assertThat(verify().differences()).isEmpty();

        for (Outcome outcome : List.of(
                Outcome.success(Payload.text("done")),
                Outcome.fail("never"),
                Outcome.retry("later"),
                Outcome.snooze(Duration.ofSeconds(9)))) {
            run = queue.run(NewTask.of("mail"));
            queue.finish(report(queue.claim(1, "mail").get(0), outcome));
            assertThat(verify().differences()).as("%s", outcome.kind()).isEmpty();
        }
        queue.in(() -> queue.get(ResumeRuns.class).execute(Fixture.CALLER, List.of(Order.of(run))));
        queue.release(new HeldLease("w", run, queue.lease(1, "mail").get(0).fence()));
        queue.lease(1, "mail");
        queue.clock.advance(Duration.ofSeconds(60));
        queue.expire();
        queue.claim(1, "mail");
        queue.clock.advance(Duration.ofSeconds(60));
        queue.expire();
        queue.in(() -> queue.get(HoldRuns.class).execute(Fixture.CALLER, List.of(Order.of(run))));
        assertThat(verify().differences()).isEmpty();
        queue.cancel(Order.of(run));
        assertThat(verify().differences()).isEmpty();
    }

    @Test
    void aRowThatWasChangedIsNamed() {
        cases(ROWS)
                .forEach(one -> assertThat(after(one[0]))
                        .as("after %s", one[0])
                        .anySatisfy(difference -> assertThat(difference.field()).isEqualTo(one[1]))
                        .allSatisfy(difference -> assertThat(difference.seq()).isNull()));
    }

    @Test
    void anEventThatWasChangedIsNamed() {
        cases(EVENTS)
                .forEach(one -> assertThat(after("update leasehold.event set " + one[0] + " where version = " + one[1]))
                        .as("after %s of event %s", one[0], one[1])
                        .extracting(Difference::field)
                        .contains(one[2]));
    }

    @Test
    void anEventThatIsMissingIsNoticed() {
        for (int version = 1; version < 10; version++) {
            Difference gap = new Difference("seq", version + 1, String.valueOf(version), String.valueOf(version + 1));
            assertThat(after("delete from leasehold.event where version = " + version))
                    .contains(gap);
        }
        assertThat(after("delete from leasehold.event where version = 10"))
                .contains(new Difference("version", null, "9", "10"));
    }

    @Test
    void aRunWithoutAnyEventIsNoticed() {
        queue.tamper("delete from leasehold.event");

        assertThat(verify().projected().state()).isNull();
        assertThat(verify().differences()).contains(new Difference("version", null, "0", "10"));
    }

    @Test
    void aLongHistoryIsReadToItsEnd() {
        run = queue.run(NewTask.of("other"));
        for (int i = 0; i < 600; i++) {
            queue.in(() -> queue.get(HoldRuns.class).execute(Fixture.CALLER, List.of(Order.of(run))));
            queue.in(() -> queue.get(UnholdRuns.class).execute(Fixture.CALLER, List.of(Order.of(run))));
        }

        assertThat(verify().projected().version()).isEqualTo(1201);
        assertThat(verify().differences()).isEmpty();
    }

    @Test
    void aCronRunWaitsForItsScheduleAtItsInstant() {
        run = queue.run(NewTask.of("daily").cron(Cron.of("@daily")));

        assertThat(queue.count("select count(*) from leasehold.run where state = 'Scheduled' and due_at is null"))
                .isPositive();
        assertThat(verify().differences()).isEmpty();
        assertThat(after("update leasehold.run set due_at = last_event_at where run_id = '" + run + "'"))
                .extracting(Difference::field)
                .containsExactly("next_attempt_at");
    }

    @Test
    void aRunThatIsNotThereIsNotFound() {
        Caller stranger = new Caller(UUID.fromString("00000000-0000-7000-8000-000000000002"), "stranger");

        assertThatThrownBy(() -> queue.in(() -> queue.get(Verification.class).verify(stranger, run)))
                .isInstanceOf(RunNotFound.class);
    }

    private static List<String[]> cases(String table) {
        return table.lines().map(line -> line.strip().split("\\s+\\|\\s+")).toList();
    }

    /** What does not fit after a change of one row, which is then taken back. */
    private List<Difference> after(String change) {
        AtomicReference<List<Difference>> found = new AtomicReference<>(List.of());
        assertThatThrownBy(() -> queue.in(() -> {
                    assertThat(queue.get(QueueSession.class).<Integer>work(connection -> {
                                try (Statement statement = connection.createStatement()) {
                                    return statement.executeUpdate(change);
                                }
                            }))
                            .as(change)
                            .isEqualTo(1);
                    found.set(verify().differences());
                    throw new IllegalStateException("taken back");
                }))
                .hasMessage("taken back");
        return found.get();
    }

    private Verified verify() {
        return queue.in(() -> queue.get(Verification.class).verify(Fixture.CALLER, run));
    }
}
