package dev.leasehold.conformance;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.fault.NotSupportedYet;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Repeats;
import dev.leasehold.task.SubmitTasks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * AQ 3.2's commands, one at a time (decisions 11): refused in AQ 3.3's words by {@link Refusals}, else asked of the
 * command bean by {@link Moves}. What may be and no bean does is answered {@code "stored": false}.
 */
@ApplicationScoped
public class Mutations {

    private static final String TRANSITION = "RunStateTransition";
    private static final UUID NIL = new UUID(0, 0);

    @Inject
    Facts facts;

    @Inject
    Moves moves;

    @Inject
    Repeats repeats;

    @Inject
    SubmitTasks submit;

    /** Members that a command does not name are not read. */
    Map<String, Object> apply(Body body) {
        String command = body.text("command", TRANSITION);
        return switch (command) {
            case "TaskCreate" -> answer(command, null, taskCreate(body));
            case "RunCreate" -> answer(command, null, runCreate(body));
            case "TaskCancel", "EnginePause", "EngineResume" -> throw new NotSupportedYet(command);
            default -> ofRun(command, body);
        };
    }

    private Map<String, Object> ofRun(String command, Body body) {
        UUID id = body.id("run_id");
        RunFacts run = facts.of(id).orElseThrow(() -> Refused.mutation(Refusals.unknownRun(inMessages(command), id)));
        return answer(command, id, stored(command, run, body));
    }

    /** The command's name in AQ 3.3. */
    private static String inMessages(String command) {
        String words = command.replaceAll("(?<=.)([A-Z])", " $1").toLowerCase(Locale.ROOT);
        return switch (command.replaceAll("(?<=.)[A-Z].*", "")) {
            case "Lease" -> words;
            case "Attempt" -> words.replace(' ', '-');
            default -> "mutation";
        };
    }

    private boolean stored(String command, RunFacts run, Body body) {
        return switch (command) {
            case TRANSITION -> transition(run, body);
            case "AttemptStart" -> unless(Refusals.attemptStart(run)) && moves.begin(run);
            case "AttemptFinish" -> attemptFinish(run, body);
            case "LeaseAcquire" ->
                unless(Refusals.leaseAcquire(run))
                        && moves.acquire(run, body.text("owner", "w1"), body.instant("expiry"));
            case "LeaseHeartbeat" ->
                later(command, Refusals.leaseHeartbeat(run, body.required("owner"), body.instant("expiry")));
            case "LeaseExpire" -> later(command, leaseEnd("lease expire", run, body));
            case "LeaseRelease" -> later(command, leaseEnd("lease release", run, body));
            case "RunSuspend" -> later(command, Refusals.suspend(run));
            case "RunResume" -> later(command, Refusals.resume(run));
            case "RunCancel" -> throw new NotSupportedYet(command);
            default -> throw Refused.member("command", "is not known");
        };
    }

    private static boolean unless(Optional<String> refusal) {
        refusal.ifPresent(message -> {
            throw Refused.mutation(message);
        });
        return true;
    }

    /** A command whose bean is still to come: refusals hold already. */
    private static boolean later(String command, Optional<String> refusal) {
        unless(refusal);
        throw new NotSupportedYet(command);
    }

    private boolean transition(RunFacts run, Body body) {
        RunState next = state(body, "new_state");
        unless(Refusals.transition(run, state(body, "previous_state"), next));
        return moves.go(run, next);
    }

    private static RunState state(Body body, String name) {
        String word = body.required(name);
        return Arrays.stream(RunState.values())
                .filter(state -> state.word().equals(word) || state.snake().equals(word))
                .findFirst()
                .orElseThrow(() -> Refused.member(name, "is no run state"));
    }

    private boolean attemptFinish(RunFacts run, Body body) {
        UUID attempt = body.id("attempt_id");
        Outcome outcome = Outcomes.read(body.has("outcome") ? body.part("outcome") : body);
        unless(Refusals.attemptFinish(run, attempt, facts.closed(run.id(), attempt)));
        return moves.end(run, attempt, outcome);
    }

    private static Optional<String> leaseEnd(String what, RunFacts run, Body body) {
        return Refusals.leaseEnd(what, run, body.required("owner"), body.instant("expiry"));
    }

    /** A task brings its run along here: they are stored together or not at all. */
    private boolean taskCreate(Body body) {
        UUID id = body.id("task_id");
        if (id.equals(NIL)) {
            throw Refused.mutation("invalid task identifier for task admission: " + id);
        }
        unless(facts.hasTask(id) ? Optional.of("mutation rejected: task " + id + " already exists") : Optional.empty());
        NewTask task = NewTask.of(body.text("type", "script")).id(id).payload(Payload.text(body.text("payload", "ok")));
        SubmitTasks.Submitted result =
                repeats.call(() -> submit.execute(Facts.CALLER, List.of(task))).get(0);
        if (result.refusal() != null) {
            throw result.refusal();
        }
        return true;
    }

    private boolean runCreate(Body body) {
        UUID task = body.id("task_id");
        unless(facts.hasTask(task) ? Optional.empty() : Optional.of("mutation rejected: unknown task " + task));
        UUID run = body.id("run_id");
        RunState state = body.has("state") ? state(body, "state") : RunState.SCHEDULED;
        unless(Refusals.runCreate(run, state, facts.of(run).isPresent()));
        return false;
    }

    private Map<String, Object> answer(String command, @Nullable UUID run, boolean stored) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("command", command);
        answer.put("status", "accepted");
        answer.put("stored", stored);
        if (run != null) {
            answer.put("run_id", run);
            facts.of(run).ifPresent(now -> answer.put("state", now.state().word()));
        }
        return answer;
    }
}
