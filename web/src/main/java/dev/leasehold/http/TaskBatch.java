package dev.leasehold.http;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Repeat;
import dev.leasehold.fault.Fault;
import dev.leasehold.fault.InvalidRequest;
import dev.leasehold.task.Admission;
import dev.leasehold.task.SubmitTasks;
import dev.leasehold.task.SubmitTasks.Submitted;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Submits many tasks in one request (http.md 1); each is read, judged and answered as if it had come alone. */
@ApplicationScoped
public class TaskBatch {

    /** The most runs that one request may ask for. */
    private static final long MOST_RUNS = 100_000;

    /** How many runs of one task are stored at once. */
    private static final int AT_ONCE = 1000;

    /** A task as it was read, or why it cannot be one. */
    record Asked(@Nullable NewTask task, @Nullable Fault refusal) {}

    /** What became of a task. */
    record Item(
            @Nullable UUID taskId,
            String status,
            int runsCreated,
            Optional<String> error,
            Optional<String> message,
            Optional<Map<String, Object>> details) {}

    /** What became of each task, in order. */
    record Results(List<Item> results) {}

    @Inject
    SubmitTasks submit;

    /**
     * Reads a body.
     *
     * @throws Fault when it is no JSON, or its own shape is wrong; what is wrong in a task is that task's refusal
     */
    static List<Asked> parse(byte[] body, Admission admission) {
        Members members = JsonBody.readMany(body, InvalidRequest::new).only("tasks");
        List<byte[]> tasks = members.documents("tasks");
        if (tasks.isEmpty() || tasks.size() > Fields.MOST_ITEMS) {
            throw members.refuse("tasks", "must have 1 to " + Fields.MOST_ITEMS + " entries");
        }
        List<Asked> asked = tasks.stream().map(task -> ask(task, admission)).toList();
        if (asked.stream().mapToLong(TaskBatch::runs).sum() > MOST_RUNS) {
            throw members.refuse("tasks", "must not ask for more than " + MOST_RUNS + " runs together");
        }
        return asked;
    }

    private static Asked ask(byte[] task, Admission admission) {
        try {
            return new Asked(TaskRequest.parse(task, admission), null);
        } catch (Fault refusal) {
            return new Asked(null, refusal);
        }
    }

    private static long runs(Asked asked) {
        NewTask task = asked.task();
        return task != null && task.policy() instanceof Repeat repeat
                ? Math.min(AT_ONCE, Math.max(1, repeat.count()))
                : 1;
    }

    /** Submits what can be, within a transaction, and answers for all. */
    Results submit(Caller caller, List<Asked> asked) {
        List<NewTask> tasks =
                asked.stream().map(Asked::task).filter(Objects::nonNull).toList();
        Iterator<Submitted> submitted = tasks.isEmpty()
                ? List.<Submitted>of().iterator()
                : submit.execute(caller, tasks).iterator();
        List<Item> items = new ArrayList<>();
        for (Asked one : asked) {
            items.add(one.task() == null ? refused(null, one.refusal()) : item(one.task(), submitted.next()));
        }
        return new Results(items);
    }

    private static Item item(NewTask task, Submitted result) {
        return result.refusal() != null
                ? refused(task.id(), result.refusal())
                : new Item(
                        result.taskId(),
                        result.status().name().toLowerCase(Locale.ROOT),
                        result.runsCreated(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
    }

    private static Item refused(@Nullable UUID id, @Nullable Fault why) {
        Problem problem = Problem.of(Objects.requireNonNull(why));
        return new Item(
                id,
                "rejected",
                0,
                Optional.of(problem.error()),
                Optional.of(problem.message()),
                Optional.of(problem.details()));
    }
}
