package dev.leasehold.task;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Backoff;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Payload;
import dev.leasehold.api.Repeat;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunEvent;
import dev.leasehold.run.RunFilter;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Runs;
import dev.leasehold.run.Step;
import dev.leasehold.sql.Database;
import dev.leasehold.task.SubmitTasks.Status;
import dev.leasehold.task.SubmitTasks.Submitted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class SubmitTasksTest {

    private static final UUID CHOSEN = UUID.fromString("00000000-0000-4000-8000-00000000000a");

    private final Fixture queue;

    SubmitTasksTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void aTaskWithoutAnInstantIsReadyAtOnceInOneEvent() {
        Run run = queue.row(queue.run(NewTask.of("mail").priority(7)));

        assertThat(run.state()).isEqualTo(RunState.READY);
        assertThat(run.priority()).isEqualTo(7);
        assertThat(run.scheduledAt()).isEqualTo(START);
        assertThat(run.createdAt()).isEqualTo(START);
        assertThat(run.dueAt()).isNull();
        assertThat(queue.events(run.id())).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("run.promoted");
            assertThat(event.steps()).isEqualTo(Step.parse(">Scheduled,Scheduled>Ready"));
            assertThat(event.priority()).isEqualTo(7);
            assertThat(event.occurredAt()).isEqualTo(START);
            assertThat(event.actor()).isEqualTo(CALLER.subject());
        });
    }

    @Test
    void aTaskForLaterIsScheduledAndHasNoPriorityYet() {
        Run run = queue.row(queue.run(NewTask.of("mail").priority(7).scheduledAt(START.plusNanos(1000))));

        assertThat(run.state()).isEqualTo(RunState.SCHEDULED);
        assertThat(run.priority()).isZero();
        assertThat(run.dueAt()).isEqualTo(START.plusNanos(1000));
        assertThat(queue.events(run.id())).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("run.submitted");
            assertThat(event.steps()).isEqualTo(Step.parse(">Scheduled"));
            assertThat(event.scheduledAt()).isEqualTo(START.plusNanos(1000));
        });
    }

    @Test
    void anInstantThatIsNowOrPastIsKeptAndTheRunIsReady() {
        Run now = queue.row(queue.run(NewTask.of("mail").scheduledAt(START)));
        Run past = queue.row(queue.run(NewTask.of("mail").scheduledAt(START.minusSeconds(900))));

        assertThat(now.state()).isEqualTo(RunState.READY);
        assertThat(past.state()).isEqualTo(RunState.READY);
        assertThat(past.scheduledAt()).isEqualTo(START.minusSeconds(900));
    }

    @Test
    void nanosecondsOfAnInstantDoNotPartTheRowFromItsEvent() {
        for (int nanos : new int[] {1, 499, 500, 501, 999}) {
            queue.run(NewTask.of("mail").scheduledAt(START.plusSeconds(5).plusNanos(nanos)));
        }

        queue.clock.advance(Duration.ofSeconds(6));

        assertThat(queue.promote(10)).isEqualTo(5);
    }

    @Test
    void aRepetitionReachesNoFurtherThanAnInstantCanBeKept() {
        Instant last = Instant.parse("9999-12-31T23:59:59.999999Z");
        Duration interval = Duration.ofDays(3660);
        Instant first = last.minus(interval.multipliedBy(799));
        NewTask reaching = NewTask.of("mail").repeat(new Repeat(800, interval));

        List<Submitted> results = queue.submit(
                reaching.scheduledAt(first), reaching.scheduledAt(first.plusNanos(1000)), NewTask.of("mail"));

        assertThat(results)
                .extracting(Submitted::status)
                .containsExactly(Status.CREATED, Status.REJECTED, Status.CREATED);
        assertThat(results.get(1).refusal())
                .isInstanceOfSatisfying(
                        InvalidTask.class,
                        fault -> assertThat(fault.details()).containsEntry("field", "run_policy.Repeat.interval_secs"));
        assertThat(queue.count("select count(*) from leasehold.run")).isEqualTo(801);
    }

    @Test
    void aRepetitionWithoutAFirstInstantIsMeasuredFromNow() {
        NewTask task = NewTask.of("mail").repeat(new Repeat(1000, Duration.ofDays(3660)));

        assertThat(queue.submit(task)).extracting(Submitted::status).containsExactly(Status.REJECTED);
    }

    @Test
    void everyMemberSurvives() {
        Backoff backoff = new Backoff(Backoff.Strategy.LINEAR, Duration.ofMillis(1500), 3, Duration.ofDays(30), 0.25);
        NewTask asked = new NewTask(
                CHOSEN,
                "mail",
                "slow",
                null,
                null,
                START,
                9,
                backoff,
                null,
                "Idempotent",
                new NewTask.Metadata(List.of("a", "ü"), -4, "a \"b\""),
                NewTask.Gates.NONE);

        assertThat(queue.submit(asked)).singleElement().isEqualTo(new Submitted(CHOSEN, Status.CREATED, 1, null));
        Task task = task(CHOSEN);

        assertThat(List.of(task.id(), task.type(), task.queue(), task.maxAttempts(), task.priority()))
                .isEqualTo(List.of(CHOSEN, "mail", "slow", 9, -4));
        assertThat(payload(CHOSEN)).isEmpty();
        assertThat(task.backoff()).isEqualTo(backoff);
        assertThat(task.safetyLevel()).isEqualTo("Idempotent");
        assertThat(task.tags()).containsExactly("a", "ü");
        assertThat(task.description()).isEqualTo("a \"b\"");
        assertThat(task.runPolicy()).isEqualTo("\"Once\"");
        assertThat(task.createdAt()).isEqualTo(START);
    }

    @Test
    void whatIsLeftOpenGetsTheDefaults() {
        UUID id = queue.submit(NewTask.of("mail")).get(0).taskId();
        Task task = task(id);

        assertThat(List.of(task.queue(), task.maxAttempts(), task.priority(), task.safetyLevel(), task.tags()))
                .isEqualTo(List.of("default", 5, 0, "Pure", List.of()));
        assertThat(task.backoff()).isEqualTo(Backoff.DEFAULT);
        assertThat(task.description()).isNull();
        assertThat(payload(id)).isEmpty();
    }

    @Test
    void payloadsSurviveByteForByteInEveryFormWithOrWithoutAContentType() {
        byte[] every = new byte[256];
        IntStream.range(0, 256).forEach(i -> every[i] = (byte) i);
        List<Payload> payloads = new ArrayList<>();
        for (Payload.Form form : Payload.Form.values()) {
            payloads.add(Payload.of("application/x-" + form, form, every));
            payloads.add(Payload.of(null, form, every));
            payloads.add(Payload.of(null, form, new byte[0]));
        }
        payloads.add(Payload.bytes(new byte[1 << 20]));

        List<Submitted> submitted =
                queue.submit(payloads.stream().map(NewTask.of("mail")::payload).toArray(NewTask[]::new));

        assertThat(submitted.stream().map(one -> payload(one.taskId()).orElseThrow()))
                .isEqualTo(payloads);
        assertThat(queue.claim(100, "mail")).extracting(one -> one.payload()).isEqualTo(payloads);
    }

    @Test
    void aBatchIsAnsweredInOrderAndARefusedItemLeavesItsNeighbours() {
        List<Submitted> results = queue.submit(
                NewTask.of("mail").id(CHOSEN),
                NewTask.of("not a name"),
                NewTask.of("mail").maxAttempts(0),
                NewTask.of("report").queue("slow"));

        assertThat(results)
                .extracting(Submitted::status)
                .containsExactly(Status.CREATED, Status.REJECTED, Status.REJECTED, Status.CREATED);
        assertThat(results).extracting(Submitted::runsCreated).containsExactly(1, 0, 0, 1);
        assertThat(results.get(0).taskId()).isEqualTo(CHOSEN);
        assertThat(results.get(1).taskId()).isNull();
        assertThat(results.get(1).refusal()).isInstanceOf(InvalidTask.class);
        assertThat(results.get(2).refusal()).isInstanceOf(InvalidTask.class);
        assertThat(queue.count("select count(*) from leasehold.task")).isEqualTo(2);
        assertThat(queue.count("select count(*) from leasehold.run")).isEqualTo(2);
    }

    @Test
    void aBatchOfRefusedItemsWritesNothing() {
        assertThat(queue.submit(NewTask.of("not a name"), NewTask.of("")))
                .extracting(Submitted::status)
                .containsExactly(Status.REJECTED, Status.REJECTED);
        assertThat(queue.count("select count(*) from leasehold.lane")).isZero();
    }

    @Test
    void theSameAgainExistsAndAnotherUnderItsIdIsRefused() {
        NewTask first = NewTask.of("mail").id(CHOSEN).priority(3);
        queue.submit(first);
        queue.clock.advance(Duration.ofHours(1));

        List<Submitted> results = queue.submit(first, first.priority(4), first);

        assertThat(results)
                .extracting(Submitted::status)
                .containsExactly(Status.EXISTS, Status.REJECTED, Status.EXISTS);
        assertThat(results).extracting(Submitted::taskId).containsOnly(CHOSEN);
        assertThat(results).extracting(Submitted::runsCreated).containsOnly(0);
        assertThat(results.get(1).refusal()).isInstanceOf(TaskAlreadyExists.class);
        assertThat(task(CHOSEN).priority()).isEqualTo(3);
        assertThat(queue.count("select count(*) from leasehold.run")).isEqualTo(1);
    }

    @Test
    void twinsInOneBatchAreAnsweredAsIfTheSecondCameLater() {
        NewTask first = NewTask.of("mail").id(CHOSEN);

        List<Submitted> results = queue.submit(first, first.queue("slow"), first);

        assertThat(results)
                .extracting(Submitted::status)
                .containsExactly(Status.CREATED, Status.REJECTED, Status.EXISTS);
        assertThat(results.get(1).refusal())
                .isInstanceOfSatisfying(
                        TaskAlreadyExists.class,
                        fault -> assertThat(fault.message())
                                .isEqualTo("mutation rejected: task " + CHOSEN + " already exists"));
        assertThat(queue.count("select count(*) from leasehold.run")).isEqualTo(1);
    }

    @Test
    void runIdsAscendInTheOrderOfSubmission() {
        NewTask[] many = new NewTask[50];
        Arrays.fill(many, NewTask.of("mail"));
        List<UUID> tasks = queue.submit(many).stream().map(Submitted::taskId).toList();
        queue.clock.set(START.minusSeconds(500));
        UUID later = queue.run(NewTask.of("mail").scheduledAt(START));

        List<UUID> byRun =
                queue.claim(100, "mail").stream().map(one -> one.taskId()).toList();

        assertThat(byRun).isEqualTo(tasks);
        assertThat(queue.row(later).id()).isGreaterThan(lastRun(tasks));
    }

    private UUID lastRun(List<UUID> tasks) {
        UUID last = tasks.get(tasks.size() - 1);
        return queue.in(() -> queue.get(Runs.class).page(CALLER, new RunFilter(Set.of(), last, null, null), 0, 1))
                .get(0)
                .run()
                .id();
    }

    @Test
    void theSameNewLaneIsOpenedOnceByEightSubmittersAtOnce() {
        List<List<Submitted>> results = Race.of(
                8,
                number -> queue.submit(
                        NewTask.of("mail").queue("new"), NewTask.of("report").queue("new")));

        assertThat(results)
                .allSatisfy(batch -> assertThat(batch)
                        .extracting(Submitted::status)
                        .containsExactly(Status.CREATED, Status.CREATED));
        assertThat(queue.count("select count(*) from leasehold.lane")).isEqualTo(2);
        assertThat(queue.claim(100, "mail")).hasSize(8);
        assertThat(queue.claim(100, "report")).hasSize(8);
    }

    @Test
    void theSameIdSubmittedByEightAtOnceIsCreatedOnce() {
        queue.run(NewTask.of("mail")); // its lane is there: nothing but the id is contended for
        List<Status> statuses = Race.of(
                8,
                number -> queue.submit(NewTask.of("mail").id(CHOSEN).priority(number % 2))
                        .get(0)
                        .status());

        assertThat(statuses).filteredOn(Status.CREATED::equals).hasSize(1);
        assertThat(statuses).filteredOn(Status.EXISTS::equals).hasSize(3);
        assertThat(statuses).filteredOn(Status.REJECTED::equals).hasSize(4);
        assertThat(queue.count("select count(*) from leasehold.run")).isEqualTo(2);
    }

    @Test
    void positionsAscendFromTransactionToTransaction() {
        UUID first = queue.run(NewTask.of("mail"));
        UUID second = queue.run(NewTask.of("mail"));

        assertThat(positions(second).get(0)).isGreaterThan(positions(first).get(0));
    }

    private List<Long> positions(UUID run) {
        return queue.events(run).stream().map(RunEvent::pos).toList();
    }

    private Task task(UUID id) {
        return queue.in(() -> queue.get(Tasks.class).get(CALLER, id));
    }

    private Optional<Payload> payload(UUID id) {
        return queue.in(() -> queue.get(Tasks.class).payload(CALLER, id));
    }
}
