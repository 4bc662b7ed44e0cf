package dev.leasehold.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leasehold.cli.CommandFailure.Kind;
import dev.leasehold.client.LeaseholdClient;
import dev.leasehold.client.NewTask;
import dev.leasehold.client.Run;
import dev.leasehold.client.RunFilter;
import dev.leasehold.client.RunState;
import dev.leasehold.client.Task;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Submits a task. */
@Command(name = "submit", description = "Submits a task; the same task id again is the same task.")
final class SubmitCommand implements Runnable {

    private static final Pattern REPEAT = Pattern.compile("repeat:(\\d{1,9}):(\\d{1,9})");
    private static final String CRON = "cron:";

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Option(names = "--type", required = true, description = "Which handler it is for.")
    @SuppressWarnings("NullAway.Init")
    private String type;

    @Option(names = "--task-id", paramLabel = "UUID", description = "Its id; one is made unless given.")
    private @Nullable String taskId;

    @Option(
            names = "--run-policy",
            paramLabel = "POLICY",
            defaultValue = "once",
            description = "once, repeat:N:SECS or cron:EXPR (${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String runPolicy;

    @Option(
            names = "--payload",
            paramLabel = "PATH",
            description = "What its runs get: a file, or - for standard input.")
    private @Nullable String payload;

    @Option(names = "--content-type", paramLabel = "TYPE", description = "The payload's content type.")
    private @Nullable String contentType;

    @Option(
            names = "--constraints",
            paramLabel = "JSON|@FILE",
            description = "Attempts, timeout, backoff and the like.")
    private @Nullable String constraints;

    @Option(names = "--metadata", paramLabel = "JSON|@FILE", description = "Tags, priority, description.")
    private @Nullable String metadata;

    @Option(names = "--queue", description = "A queue other than default.")
    private @Nullable String queue;

    @Option(
            names = "--wait",
            paramLabel = "SECS",
            description = "Wait that long for the run of a once policy; exit code 4 unless it completes.")
    private @Nullable Integer wait;

    @Override
    public void run() {
        NewTask task = task();
        if (wait != null && (wait < 1 || !runPolicy.equals("once"))) {
            throw CommandFailure.invalid(
                    "input_validation_failed", "--wait needs a second or more, and the policy once");
        }
        LeaseholdClient client = root.client();
        Task submitted = client.submit(task);
        int created = Objects.requireNonNullElse(submitted.runsCreated(), 0);
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("task_id", submitted.id().toString())
                .put("run_policy", runPolicy)
                .put("runs_created", created);
        String text =
                "task " + submitted.id() + (created == 0 ? " was there already" : ": " + created + " runs created");
        if (wait == null) {
            root.print("submit", answer, text);
        } else {
            await(client, submitted.id(), Duration.ofSeconds(wait), answer);
        }
    }

    private NewTask task() {
        NewTask task = policy(NewTask.of(type));
        if (taskId != null) {
            task = task.id(Root.id(taskId, "invalid_task_id"));
        }
        if (queue != null) {
            task = task.queue(queue);
        }
        if (payload != null) {
            task = task.payload(Sources.payload(root.console(), payload, contentType));
        }
        if (constraints != null) {
            task = task.with("constraints", Sources.object(constraints, "--constraints", "invalid_constraints_json"));
        }
        return metadata == null
                ? task
                : task.with("metadata", Sources.object(metadata, "--metadata", "invalid_metadata_json"));
    }

    private NewTask policy(NewTask task) {
        Matcher repeat = REPEAT.matcher(runPolicy);
        if (repeat.matches()) {
            return task.repeat(
                    Integer.parseInt(repeat.group(1)), Duration.ofSeconds(Integer.parseInt(repeat.group(2))));
        }
        if (runPolicy.startsWith(CRON)) {
            return task.cron(runPolicy.substring(CRON.length()));
        }
        if (runPolicy.equals("once")) {
            return task;
        }
        throw CommandFailure.invalid("invalid_run_policy", "--run-policy must be once, repeat:N:SECS or cron:EXPR");
    }

    private void await(LeaseholdClient client, UUID task, Duration longest, ObjectNode answer) {
        Run.Summary first = client.runs(RunFilter.all().task(task))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(Kind.RUNTIME, "no_run", "task " + task + " has no run"));
        RunState state = client.await(first.runId(), longest).state();
        if (!state.terminal()) {
            throw new CommandFailure(
                    Kind.RUNTIME, "wait_timeout", "run " + first.runId() + " is " + state.word() + " still");
        }
        if (state != RunState.COMPLETED) {
            throw new CommandFailure(Kind.RUNTIME, "run_not_completed", "run " + first.runId() + " is " + state.word());
        }
        JsonNode run = client.get("/api/v1/runs/" + first.runId(), JsonNode.class);
        answer.set("run", run);
        root.print("submit", answer, Show.detail(run));
    }
}
