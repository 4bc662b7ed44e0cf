package dev.leasehold.run;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.Fixture.report;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.attempt.StartAttempts;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.lease.HeldLease;
import dev.leasehold.run.AppendNotes.Appended;
import dev.leasehold.run.AppendNotes.Note;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.tenant.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class AppendNotesTest {

    private final Fixture queue;

    AppendNotesTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void notesAreEventsOfTheirOwnAndKeptAsTheyCame() {
        UUID run = queue.run(NewTask.of("mail"));
        queue.clock.advance(Duration.ofSeconds(4));

        AppendNotes.Result result = append(
                new Order(run, 1, "told"), new Note("a", "{ \"n\": 1.50 }"), new Note("b", "{\"ü\":\"\\u00fc\"}"));

        assertThat(result.appended()).containsExactly(new Appended(2, false), new Appended(3, false));
        assertThat(queue.row(run).version()).isEqualTo(3);
        assertThat(queue.row(run).state()).isEqualTo(RunState.READY);
        List<RunEvent> events = queue.events(run).subList(1, 3);
        assertThat(events).extracting(RunEvent::type).containsOnly("note.appended");
        assertThat(events).extracting(RunEvent::reason).containsOnly("told");
        assertThat(events).extracting(RunEvent::occurredAt).containsOnly(START.plusSeconds(4));
        Map<Integer, EventData> data =
                queue.in(() -> queue.get(EventsData.class).of(CALLER, run, 1, 9));
        assertThat(data.get(2).eventId()).isEqualTo("a");
        assertThat(text(data.get(2))).isEqualTo("{ \"n\": 1.50 }");
        assertThat(text(data.get(3))).isEqualTo("{\"ü\":\"\\u00fc\"}");
        assertThat(queue.in(() -> queue.get(EventsData.class).of(CALLER, run, 3, 3)))
                .containsOnlyKeys(3);
    }

    @Test
    void anIdThatTheRunHasIsAnsweredWithItsFirstPlace() {
        UUID run = queue.run(NewTask.of("mail"));
        append(Order.of(run), note("a"));

        assertThat(append(Order.of(run), note("b"), note("a"), note("b"), note("c"))
                        .appended())
                .containsExactly(
                        new Appended(3, false), new Appended(2, true), new Appended(3, true), new Appended(4, false));
        String before = queue.dump();
        assertThat(append(Order.of(run), note("c"), note("a")).appended())
                .containsExactly(new Appended(4, true), new Appended(2, true));
        assertThat(queue.dump()).isEqualTo(before);
    }

    @Test
    void anotherRunMayHaveTheSameId() {
        UUID run = queue.run(NewTask.of("mail"));
        UUID other = queue.run(NewTask.of("mail"));

        append(Order.of(run), note("a"));

        assertThat(append(Order.of(other), note("a")).appended()).containsExactly(new Appended(2, false));
    }

    @Test
    void anotherTenantsRunIsNotThere() {
        UUID run = queue.run(NewTask.of("mail"));
        Caller stranger = new Caller(new UUID(5, 5), "stranger");
        AppendNotes.Request request = new AppendNotes.Request(Order.of(run), List.of(note("a")));

        assertThat(queue.in(() -> queue.get(AppendNotes.class).execute(stranger, List.of(request)))
                        .get(0)
                        .refusal())
                .isInstanceOf(RunNotFound.class);
        assertThat(append(new Order(run, 5, null), note("a")).refusal()).isInstanceOf(SequenceConflict.class);
        assertThat(queue.row(run).version()).isEqualTo(1);
    }

    @Test
    void aNoteChangesNothingElseInAnyState() {
        UUID scheduled = queue.run(NewTask.of("later").scheduledAt(START.plusSeconds(60)));
        UUID run = queue.run(NewTask.of("mail").maxAttempts(2));
        append(Order.of(scheduled), note("a"));
        append(Order.of(run), note("a"));
        Claimed claimed = queue.claim(1, "mail").get(0);
        append(Order.of(run), note("b"));
        queue.finish(report(claimed, Outcome.retry("no", Duration.ofSeconds(60))));
        append(Order.of(run), note("c"));
        queue.clock.advance(Duration.ofSeconds(60));

        assertThat(queue.promote(5)).isEqualTo(2);
        queue.finish(report(queue.claim(1, "mail").get(0), Outcome.success()));
        assertThat(append(Order.of(run), note("d")).refusal()).isNull();
        assertThat(queue.row(run).state()).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void whoNotesDoesNotDisturbWhoWorks() {
        for (int i = 0; i < 20; i++) {
            UUID run = queue.run(NewTask.of("mail"));
            Claimed leased = queue.lease(1, "mail").get(0);
            HeldLease lease = new HeldLease("w", run, leased.fence());
            List<Object> started = Race.of(
                    2,
                    number -> number == 0
                            ? append(Order.of(run), note("a"))
                            : queue.start(lease).get(0));
            StartAttempts.Result start = (StartAttempts.Result) started.get(1);
            assertThat(start.refusal()).isNull();

            FinishAttempts.Report report =
                    new FinishAttempts.Report("w", run, start.attemptId(), leased.fence(), Outcome.success(), null);
            List<Object> finished = Race.of(
                    2,
                    number -> number == 0
                            ? append(Order.of(run), note("b"))
                            : queue.finish(report).get(0));
            assertThat(((FinishAttempts.Result) finished.get(1)).refusal()).isNull();
            assertThat(queue.row(run).version()).isEqualTo(6);
        }
    }

    @Test
    void ofTheSameNoteWrittenAtOnceOneIsKept() {
        UUID run = queue.run(NewTask.of("mail"));

        List<Appended> results =
                Race.of(8, number -> append(Order.of(run), note("a")).appended().get(0));

        assertThat(results).allMatch(one -> one.seq() == 2);
        assertThat(results.stream().filter(one -> !one.duplicate())).hasSize(1);
        assertThat(queue.row(run).version()).isEqualTo(2);
    }

    private AppendNotes.Result append(Order order, Note... notes) {
        AppendNotes.Request request = new AppendNotes.Request(order, List.of(notes));
        return queue.in(() -> queue.get(AppendNotes.class).execute(CALLER, List.of(request)))
                .get(0);
    }

    private static Note note(String id) {
        return new Note(id, "{}");
    }

    private static String text(EventData data) {
        return new String(data.data(), StandardCharsets.UTF_8);
    }
}
