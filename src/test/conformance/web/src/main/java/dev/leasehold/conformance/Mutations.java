package dev.leasehold.conformance;

import dev.leasehold.api.Outcome;
import dev.leasehold.run.RunState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * AQ 3.2's commands, one at a time (decisions 11): refused in AQ 3.3's words by {@link Refusals}, else asked of the
 * command bean. What may be and no bean can be asked for is answered {@code "stored": false}.
 */
@ApplicationScoped
public class Mutations {

    private static final String TRANSITION = "RunStateTransition";

    @Inject
    Facts facts;

    @Inject
    Moves moves;

    @Inject
    LeaseMoves leases;

    @Inject
    OrderMoves orders;

    @Inject
    OtherMutations others;

    /** Members that a command does not name are not read. */
    Map<String, Object> apply(Body body) {
        String command = body.text("command", TRANSITION);
        return switch (command) {
            case "TaskCreate" -> answer(command, null, others.taskCreate(body));
            case "RunCreate" -> answer(command, null, others.runCreate(body));
            case "TaskCancel" -> answer(command, null, others.taskCancel(body));
            case "EnginePause" -> answer(command, null, others.enginePause());
            case "EngineResume" -> answer(command, null, others.engineResume(body));
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
            case "LeaseHeartbeat" -> leaseHeartbeat(run, body);
            case "LeaseExpire" -> unless(leaseEnd("lease expire", run, body)) && leases.expire(run);
            case "LeaseRelease" -> unless(leaseEnd("lease release", run, body)) && leases.release(run);
            case "RunSuspend" -> unless(Refusals.suspend(run)) && moves.go(run, RunState.SUSPENDED);
            case "RunResume" -> unless(Refusals.resume(run)) && orders.resume(run);
            case "RunCancel" -> orders.cancel(run);
            default -> throw Refused.member("command", "is not known");
        };
    }

    /** Refuses, or is true. */
    static boolean unless(Optional<String> refusal) {
        refusal.ifPresent(message -> {
            throw Refused.mutation(message);
        });
        return true;
    }

    private boolean leaseHeartbeat(RunFacts run, Body body) {
        Instant expiry = body.instant("expiry");
        return unless(Refusals.leaseHeartbeat(run, body.required("owner"), expiry)) && leases.renew(run, expiry);
    }

    private boolean transition(RunFacts run, Body body) {
        RunState next = state(body, "new_state");
        unless(Refusals.transition(run, state(body, "previous_state"), next));
        return moves.go(run, next);
    }

    static RunState state(Body body, String name) {
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
