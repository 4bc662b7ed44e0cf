package dev.leasehold.http;

import dev.leasehold.api.NewTask;
import dev.leasehold.fault.Fault;
import dev.leasehold.task.Admission;
import dev.leasehold.task.InvalidTask;
import dev.leasehold.task.TaskSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a task as its submitter wrote it (http.md 1). */
final class TaskRequest {

    private static final UUID ANY = new UUID(0, 0);
    private static final String[] TASK = {
        "id",
        "type",
        "queue",
        "payload",
        "run_policy",
        "scheduled_at",
        "constraints",
        "metadata",
        "unique",
        "expires_at",
        "rate",
        "parent_task_id",
        "depends_on"
    };
    private static final String[] CONSTRAINTS = {
        "max_attempts",
        "timeout_secs",
        "concurrency_key",
        "concurrency_key_hold_policy",
        "safety_level",
        "required_capabilities",
        "backoff"
    };

    private TaskRequest() {}

    /**
     * Reads a body. Bounds of members that are obeyed are left to the queue.
     *
     * @param admission what a backoff takes where it is given in part
     * @throws Fault when it is no JSON, has a member that is unknown or of another type, or one of the contract that is
     *     not obeyed yet
     */
    static NewTask parse(byte[] body, Admission admission) {
        Members task = JsonBody.read(body, InvalidTask::member).only(TASK);
        Members constraints = task.part("constraints", CONSTRAINTS);
        NewTask parsed = task(task, constraints, admission, task.part("metadata", "tags", "priority", "description"));
        LaterMembers.refusal(task).ifPresent(refusal -> {
            requireOthersFine(parsed, admission);
            throw refusal;
        });
        return parsed;
    }

    private static NewTask task(Members task, Members constraints, Admission admission, Members metadata) {
        return new NewTask(
                task.uuid("id"),
                type(task),
                task.text("queue"),
                PayloadRequest.of(task, "payload"),
                RunPolicyRequest.of(task),
                scheduledAt(task),
                constraints.integer("max_attempts"),
                BackoffRequest.of(constraints, admission.backoff()),
                timeout(constraints),
                constraints.text("safety_level"),
                new NewTask.Metadata(
                        metadata.texts("tags"), metadata.integer("priority"), metadata.text("description")),
                GatesRequest.of(task, constraints));
    }

    private static String type(Members task) {
        String type = task.text("type");
        if (type == null) {
            throw task.refuse("type", "is required");
        }
        return type;
    }

    private static @Nullable Duration timeout(Members constraints) {
        BigDecimal seconds = constraints.number("timeout_secs");
        return seconds == null ? null : Seconds.duration(seconds);
    }

    private static @Nullable Instant scheduledAt(Members task) {
        BigDecimal seconds = task.number("scheduled_at");
        return seconds == null ? null : Seconds.instant(seconds);
    }

    /** Of several mistakes the queue's own come first, as max_attempts does in AQ 1.4. */
    private static void requireOthersFine(NewTask task, Admission admission) {
        Instant planned = task.scheduledAt();
        TaskSpec.of(task, ANY, planned == null ? Instant.EPOCH : planned, admission);
    }
}
