package dev.leasehold.task;

import dev.leasehold.api.NewTask;
import dev.leasehold.fault.Fault;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.LaneStatement;
import dev.leasehold.sql.LaneStatement.Lane;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.ScheduleRow;
import dev.leasehold.sql.SubmitStatement;
import dev.leasehold.sql.SubmitStatement.RunRow;
import dev.leasehold.sql.SubmitStatement.Submission;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Ids;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Admits tasks and derives their runs. A run whose instant has come is ready at once, unless duties are done by hand. The same id with the same
 * specification is answered with the task that is there; with another it is refused (decisions 2).
 */
@Stateless
public class SubmitTasks {

    /** What became of a task. */
    public enum Status {
        /** It is there now, with its runs. */
        CREATED,
        /** It was there before. */
        EXISTS,
        /** It was refused. */
        REJECTED
    }

    /**
     * What became of a task.
     *
     * @param taskId its id; null when it was refused before it had one
     * @param status which of the three
     * @param runsCreated how many runs it got now
     * @param refusal why it was refused
     */
    public record Submitted(
            @Nullable UUID taskId,
            Status status,
            int runsCreated,
            @Nullable Fault refusal) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Ids ids;

    @Inject
    Settings settings;

    @Inject
    QueueSession session;

    @Inject
    LaneStatement lanes;

    @Inject
    SubmitStatement statement;

    @Inject
    RecurringTasks recurring;

    @Inject
    Tasks tasks;

    @Inject
    ReadyBell bell;

    /**
     * Submits tasks; a refused one leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param submitted of an id that is named twice the second is answered as if it came later
     * @return a result for each, in order
     */
    public List<Submitted> execute(Caller caller, List<NewTask> submitted) {
        Instant now = clock.instant();
        Admission admission = Admission.of(settings);
        List<Object> checked =
                submitted.stream().map(task -> check(task, now, admission)).toList();
        Map<UUID, TaskSpec> specs = new LinkedHashMap<>();
        checked.forEach(one -> {
            if (one instanceof TaskSpec spec) {
                specs.putIfAbsent(spec.id(), spec);
            }
        });
        Map<UUID, Integer> created = specs.isEmpty() ? Map.of() : store(caller, now, List.copyOf(specs.values()));
        return results(caller, checked, specs, created);
    }

    private Object check(NewTask task, Instant now, Admission admission) {
        try {
            return TaskSpec.of(task, ids.next(), now, admission);
        } catch (Fault refusal) {
            return refusal;
        }
    }

    /** Stores what is new, and answers how many runs each of those tasks got. */
    private Map<UUID, Integer> store(Caller caller, Instant now, List<TaskSpec> specs) {
        Set<Lane> wanted =
                specs.stream().map(spec -> new Lane(spec.queue(), spec.type())).collect(Collectors.toSet());
        Map<Lane, Long> numbers = session.work(connection -> lanes.open(connection, caller.tenant(), wanted));
        List<RunRow> runs =
                specs.stream().flatMap(spec -> runs(spec, numbers, now)).toList();
        Submission submission = new Submission(
                caller.tenant(),
                caller.subject(),
                now,
                specs.stream().map(TaskSpec::row).toList(),
                runs);
        Set<UUID> created = session.work(connection -> statement.submit(connection, submission));
        if (runs.stream().anyMatch(run -> run.due() && created.contains(run.taskId()))) {
            bell.ringOnCommit();
        }
        Map<UUID, Integer> counts = new HashMap<>();
        List<ScheduleRow> schedules = new ArrayList<>();
        specs.stream().filter(spec -> created.contains(spec.id())).forEach(spec -> {
            counts.put(spec.id(), spec.instants().size());
            spec.schedule(lane(spec, numbers)).ifPresent(schedules::add);
        });
        counts.putAll(recurring.begin(caller, now, schedules, runs));
        return counts;
    }

    private static long lane(TaskSpec spec, Map<Lane, Long> numbers) {
        return Objects.requireNonNull(numbers.get(new Lane(spec.queue(), spec.type())));
    }

    private Stream<RunRow> runs(TaskSpec spec, Map<Lane, Long> numbers, Instant now) {
        long lane = lane(spec, numbers);
        boolean promoting = settings.dutiesByTimer();
        return spec.instants().stream()
                .map(instant -> new RunRow(
                        ids.next(), spec.id(), lane, instant, spec.priority(), promoting && !instant.isAfter(now)));
    }

    private List<Submitted> results(
            Caller caller, List<Object> checked, Map<UUID, TaskSpec> specs, Map<UUID, Integer> created) {
        Set<UUID> older = new HashSet<>(specs.keySet());
        older.removeAll(created.keySet());
        Map<UUID, String> digests = tasks.digests(caller, older);
        specs.values().stream()
                .filter(spec -> created.containsKey(spec.id()))
                .forEach(spec -> digests.put(spec.id(), spec.digest()));
        Map<UUID, Integer> fresh = new HashMap<>(created);
        List<Submitted> results = new ArrayList<>();
        for (Object one : checked) {
            if (one instanceof TaskSpec spec) {
                results.add(result(spec, fresh.remove(spec.id()), digests));
            } else {
                results.add(new Submitted(null, Status.REJECTED, 0, (Fault) one));
            }
        }
        return results;
    }

    private static Submitted result(TaskSpec spec, @Nullable Integer runs, Map<UUID, String> digests) {
        if (runs != null) {
            return new Submitted(spec.id(), Status.CREATED, runs, null);
        }
        return spec.digest().equals(digests.get(spec.id()))
                ? new Submitted(spec.id(), Status.EXISTS, 0, null)
                : new Submitted(spec.id(), Status.REJECTED, 0, new TaskAlreadyExists(spec.id()));
    }
}
