package dev.leasehold.task;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Unique;
import dev.leasehold.fault.Fault;
import dev.leasehold.metric.Command;
import dev.leasehold.metric.Meter;
import dev.leasehold.settings.Settings;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Ids;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
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
    Uniqueness uniqueness;

    @Inject
    FreshTasks fresh;

    @Inject
    Tasks tasks;

    @Inject
    Meter meter;

    /**
     * Submits tasks; a refused one leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param submitted of an id that is named twice the second is answered as if it came later
     * @return a result for each, in order
     */
    public List<Submitted> execute(Caller caller, List<NewTask> submitted) {
        meter.times(Command.SUBMIT);
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
        Uniqueness.Claims unique = uniqueness.take(caller, now, unknown(caller, specs.values()));
        List<TaskSpec> admitted = specs.values().stream()
                .filter(spec -> unique.existing(spec) == null)
                .toList();
        Map<UUID, Integer> created = admitted.isEmpty() ? Map.of() : fresh.store(caller, now, admitted);
        uniqueness.giveBack(unique, created.keySet());
        List<Submitted> results = results(caller, checked, specs, created, unique);
        results.forEach(one -> meter.submitted(one.status(), one.runsCreated()));
        return results;
    }

    private Object check(NewTask task, Instant now, Admission admission) {
        try {
            return TaskSpec.of(task, ids.next(), now, admission);
        } catch (Fault refusal) {
            return refusal;
        }
    }

    /** Those that must be unique and are not there already under their own ids. */
    private List<TaskSpec> unknown(Caller caller, Collection<TaskSpec> specs) {
        List<TaskSpec> unique =
                specs.stream().filter(spec -> spec.gates().unique() != null).toList();
        Set<UUID> known = tasks.digests(
                        caller, unique.stream().map(TaskSpec::id).toList())
                .keySet();
        return unique.stream().filter(spec -> !known.contains(spec.id())).toList();
    }

    private List<Submitted> results(
            Caller caller,
            List<Object> checked,
            Map<UUID, TaskSpec> specs,
            Map<UUID, Integer> created,
            Uniqueness.Claims unique) {
        Set<UUID> older = new HashSet<>(specs.keySet());
        older.removeAll(created.keySet());
        Map<UUID, String> digests = tasks.digests(caller, older);
        specs.values().stream()
                .filter(spec -> created.containsKey(spec.id()))
                .forEach(spec -> digests.put(spec.id(), spec.digest()));
        Map<UUID, Integer> first = new HashMap<>(created);
        List<Submitted> results = new ArrayList<>();
        for (Object one : checked) {
            if (one instanceof TaskSpec spec) {
                UUID existing = unique.existing(spec);
                results.add(
                        existing == null ? result(spec, first.remove(spec.id()), digests) : instead(spec, existing));
            } else {
                results.add(new Submitted(null, Status.REJECTED, 0, (Fault) one));
            }
        }
        return results;
    }

    private static Submitted instead(TaskSpec spec, UUID existing) {
        Unique unique = Objects.requireNonNull(spec.gates().unique());
        return unique.onConflict() == Unique.OnConflict.EXISTING
                ? new Submitted(existing, Status.EXISTS, 0, null)
                : new Submitted(spec.id(), Status.REJECTED, 0, new DuplicateUnique(unique.key(), existing));
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
