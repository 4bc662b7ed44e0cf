package dev.leasehold.observability;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Awaited;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.OnTimeout;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.WaitKind;
import dev.leasehold.audit.Violation;
import dev.leasehold.database.Fixture;
import dev.leasehold.observability.Observation.Limits;
import dev.leasehold.run.AppendNotes;
import dev.leasehold.run.HoldRuns;
import dev.leasehold.run.Order;
import dev.leasehold.run.ResumeRuns;
import dev.leasehold.run.RunNotFound;
import dev.leasehold.run.UnholdRuns;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.WaitRow;
import dev.leasehold.tenant.Caller;
import dev.leasehold.wait.CompleteWaits;
import dev.leasehold.wait.NewWait;
import dev.leasehold.wait.OpenWaits;
import dev.leasehold.wait.PayloadSchema;
import dev.leasehold.wait.ResolveWaits;
import dev.leasehold.wait.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What one look at a run tells. */
@ParameterizedClass
@EnumSource(Database.class)
class ObservationsTest {

    private static final Limits SMALL = new Limits(2, 2, 2);

    private final Fixture queue;

    ObservationsTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void noLimitHidesABlocker() {
        UUID run = suspended();
        for (int i = 0; i < 5; i++) {
            open(run, "w" + i, WaitKind.APPROVAL, i == 0 ? OnTimeout.ESCALATE : null);
            queue.clock.advance(Duration.ofSeconds(1));
        }
        resolve("w4");
        queue.clock.advance(Duration.ofSeconds(60));
        complete();

        Observation seen = look(run, SMALL);

        assertThat(seen.waits()).extracting(WaitRow::id).containsExactly("w3", "w4");
        assertThat(seen.blockers().waits()).extracting(WaitRow::id).containsExactly("w0", "w1", "w2", "w3");
        assertThat(seen.blockers().letters()).hasSize(1);
        assertThat(seen.counts().waits()).isEqualTo(5);
        assertThat(seen.counts().activeWaits()).isEqualTo(4);
        assertThat(seen.counts().deadLetters()).isEqualTo(1);
        assertThat(seen.counts().auditRecords()).isEqualTo(6);
        assertThat(seen.status()).isEqualTo(RunStatus.PAUSED);
        assertThat(seen.events()).hasSize(2);
        assertThat(seen.events().get(1).version()).isEqualTo(queue.row(run).version());
        assertThat(seen.audit().records()).hasSize(2);
        assertThat(seen.audit().records().get(1).seq()).isEqualTo(6);
    }

    @Test
    void phasesFollowHoldsWaitsAndTheirEnds() {
        UUID run = suspended();
        open(run, "a", WaitKind.APPROVAL, OnTimeout.ESCALATE);
        open(run, "b\"},\\", WaitKind.WEBHOOK, null);
        queue.clock.advance(Duration.ofSeconds(60));
        complete();
        resolve("a");
        resolve("b\"},\\");
        order(HoldRuns.class, run);
        order(UnholdRuns.class, run);
        open(run, "c", WaitKind.TIMER, null);
        order(UnholdRuns.class, run);

        assertThat(phases(run))
                .isEqualTo(
                        "created queued running_phase paused_attention_required awaiting_approval"
                                + " paused_attention_required waiting_webhook queued paused_attention_required queued sleeping queued");
        assertThat(look(run, SMALL).status()).isEqualTo(RunStatus.QUEUED);
    }

    @Test
    void whoIsResumedPassesItsWaitsOver() {
        UUID run = suspended();
        open(run, "a", WaitKind.EXTERNAL, null);
        order(ResumeRuns.class, run);

        assertThat(phases(run)).endsWith("waiting_webhook queued");
        assertThat(look(run, SMALL).blockers().waits()).isEmpty();
    }

    @Test
    void aRecordThatWasChangedIsNamed() {
        UUID run = queue.run(NewTask.of("mail"));
        order(HoldRuns.class, run);
        order(UnholdRuns.class, run);
        assertThat(look(run, SMALL).audit().violation()).isNull();

        queue.tamper("update leasehold.audit_record set actor = 'nobody' where seq = 2");

        assertThat(look(run, SMALL).audit().violation())
                .isEqualTo(new Violation(2, Violation.Kind.RECORD_HASH_MISMATCH));
    }

    @Test
    void anotherTenantSeesNothing() {
        UUID run = queue.run(NewTask.of("mail"));
        Caller other = new Caller(new UUID(1, 1), "x");

        assertThatThrownBy(() -> queue.in(() -> queue.get(Observations.class).get(other, run, SMALL)))
                .isInstanceOf(RunNotFound.class);
    }

    @Test
    void ofALongHistoryTheNewestIsTold() {
        UUID run = queue.run(NewTask.of("mail"));
        for (int part = 0; part < 6; part++) {
            String prefix = "n-" + part + "-";
            List<AppendNotes.Note> notes = IntStream.range(0, 100)
                    .mapToObj(i -> new AppendNotes.Note(prefix + i, "{}"))
                    .toList();
            queue.in(() -> queue.get(AppendNotes.class)
                    .execute(CALLER, List.of(new AppendNotes.Request(Order.of(run), notes))));
        }

        Observation seen = look(run, new Limits(500, 1, 1));

        assertThat(seen.history()).hasSize(Observations.MOST);
        assertThat(seen.events().get(499).version()).isEqualTo(queue.row(run).version());
        assertThat(seen.phases()).isEmpty();
        assertThat(seen.status()).isEqualTo(RunStatus.QUEUED);
    }

    private UUID suspended() {
        UUID run = queue.run(NewTask.of("nap"));
        queue.finish(
                Fixture.report(queue.claim(1, "nap").get(0), new Outcome(Outcome.Kind.SUSPENDED, null, null, null)));
        return run;
    }

    private void open(UUID run, String id, WaitKind kind, @Nullable OnTimeout late) {
        Instant soon = queue.clock.instant().plusSeconds(30);
        NewWait wait = new NewWait(
                id,
                new Awaited(
                        kind,
                        null,
                        kind == WaitKind.TIMER ? soon.plusSeconds(600) : null,
                        late == null ? null : new Awaited.Timeout(soon, late, "ops", null)),
                new PayloadSchema(Map.of()));
        assertThat(queue.in(() -> queue.get(OpenWaits.class)
                                .execute(CALLER, List.of(new OpenWaits.Request(Order.of(run), wait))))
                        .get(0)
                        .refusal())
                .isNull();
    }

    private void resolve(String id) {
        queue.in(() -> queue.get(ResolveWaits.class)
                .execute(CALLER, List.of(new ResolveWaits.Request(id, "k", null, Map.of(), null))));
    }

    private void complete() {
        queue.in(() -> queue.get(CompleteWaits.class)
                .execute(CALLER, queue.get(Waits.class).due(100)));
    }

    private void order(Class<?> command, UUID run) {
        List<Order> orders = List.of(Order.of(run));
        if (command == HoldRuns.class) {
            queue.in(() -> queue.get(HoldRuns.class).execute(CALLER, orders));
        } else if (command == ResumeRuns.class) {
            queue.in(() -> queue.get(ResumeRuns.class).execute(CALLER, orders));
        } else {
            queue.in(() -> queue.get(UnholdRuns.class).execute(CALLER, orders));
        }
    }

    private String phases(UUID run) {
        return look(run, SMALL).phases().stream()
                .map(change -> change.phase().word())
                .collect(Collectors.joining(" "));
    }

    private Observation look(UUID run, Limits limits) {
        return queue.in(() -> queue.get(Observations.class).get(CALLER, run, limits));
    }
}
