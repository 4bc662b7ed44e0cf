package dev.leasehold.explain;

import dev.leasehold.queue.Pause;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.ExplainStatement.Standing;
import dev.leasehold.sql.WaitRow;
import dev.leasehold.wait.Waits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The gates before the permits, in the order in which a claim tests them. */
final class Gates {

    private final UUID run;
    private final Standing standing;
    private final List<UUID> earlier;
    private final RunState state;
    private final Instant now;

    /** Of a run that may wait for earlier ones of its task. */
    Gates(UUID run, Standing standing, List<UUID> earlier, Instant now) {
        this.run = run;
        this.standing = standing;
        this.earlier = earlier;
        this.state = RunState.of(standing.state());
        this.now = now;
    }

    /** Whether the run has ended, or is under way: then nothing else is asked. */
    boolean beyond() {
        return state.terminal() || state == RunState.LEASED || state == RunState.RUNNING;
    }

    /** The one gate of a run that has ended or is under way. */
    Gate last() {
        Map<String, Object> detail = Map.of("state", standing.state());
        if (state.terminal()) {
            return Gate.closed("terminal", detail).action("POST /api/v1/runs/" + run + "/rerun");
        }
        return Gate.closed("leased", detail).by(standing.owner() == null ? List.of() : List.of(standing.owner()));
    }

    List<Gate> waiting(@Nullable Pause engine, @Nullable Pause queue, List<Ability> workers) {
        List<Gate> gates = new ArrayList<>();
        gates.add(time());
        gates.add(pause("engine_pause", engine, null).action("POST /api/v1/engine/resume"));
        gates.add(pause("queue_pause", queue, standing.queue()).action("POST /api/v1/engine/resume"));
        gates.add(Gate.of("hold", !standing.held(), Map.of("held", standing.held()))
                .action("POST /api/v1/runs/" + run + "/unhold"));
        gates.add(expiry());
        gates.add(worker(workers));
        return gates;
    }

    /** Whether its instant has come and its policy or its handler lets it go on. */
    private Gate time() {
        Map<String, Object> detail = Map.of("state", standing.state());
        if (state == RunState.READY) {
            return Gate.open("time", detail);
        }
        if (standing.dueAt() == null) {
            return Gate.closed("suspended", detail).action("POST /api/v1/runs/" + run + "/resume");
        }
        Gate waiting = standing.buffered()
                ? Gate.closed("overlap", detail)
                        .by(earlier.stream().map(UUID::toString).toList())
                : Gate.closed("time", detail).at(standing.dueAt());
        return state == RunState.SUSPENDED
                ? waiting.action("POST /api/v1/runs/" + run + "/resume")
                : waiting.action("POST /api/v1/runs/" + run + "/run-now");
    }

    private static Gate pause(String name, @Nullable Pause pause, @Nullable String queue) {
        Map<String, Object> detail = new LinkedHashMap<>();
        if (queue != null) {
            detail.put("queue", queue);
        }
        if (pause == null) {
            return Gate.open(name, detail);
        }
        detail.put("paused_at", pause.pausedAt());
        if (pause.reason() != null) {
            detail.put("reason", pause.reason());
        }
        return Gate.closed(name, detail).by(List.of(pause.pausedBy()));
    }

    private Gate expiry() {
        Instant expires = standing.expiresAt();
        return Gate.of(
                "expiry",
                expires == null || now.isBefore(expires),
                expires == null ? Map.of() : Map.of("expires_at", expires));
    }

    private Gate worker(List<Ability> workers) {
        List<String> able = workers.stream()
                .filter(worker -> worker.takes(standing.queue(), standing.type(), standing.capabilities()))
                .map(Ability::name)
                .distinct()
                .limit(Explainer.MOST_HOLDERS)
                .toList();
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("queue", standing.queue());
        detail.put("type", standing.type());
        detail.put("required_capabilities", standing.capabilities());
        detail.put("workers", able);
        return Gate.of("worker", !able.isEmpty(), detail);
    }

    /** A wait that blocks the run: who can still answer it opens it, or else who passes it over. */
    Gate wait(WaitRow wait) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("wait_id", wait.id());
        detail.put("wait_kind", wait.kind());
        if (wait.name() != null) {
            detail.put("name", wait.name());
        }
        detail.put("status", wait.status());
        if (wait.timeout() != null) {
            detail.put("timeout_at", wait.timeout().at());
        }
        if (Waits.answerable(wait)) {
            return Gate.closed("wait", detail).at(wait.wakeAt()).action(Explainer.answering(wait));
        }
        String verb = state == RunState.SUSPENDED ? "/resume" : "/unhold";
        return Gate.closed("wait", detail).action("POST /api/v1/runs/" + run + verb);
    }
}
