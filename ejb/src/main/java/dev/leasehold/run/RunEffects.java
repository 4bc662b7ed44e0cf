package dev.leasehold.run;

import dev.leasehold.audit.Effect;
import dev.leasehold.audit.Effect.Cause;
import dev.leasehold.audit.EffectType;
import dev.leasehold.sql.Change;
import dev.leasehold.sql.LockedRun;
import java.time.Instant;
import java.util.Map;

/** What the audit says of a run that a command changed. */
public final class RunEffects {

    private RunEffects() {}

    /** What a change did; its event has the same type and reason, and the version that is named. */
    public static Effect of(Class<?> command, Change change) {
        LockedRun run = change.run();
        int version = run.tip().version();
        Instant scheduledAt = run.place().scheduledAt();
        return Effect.of(
                        EffectType.of(change.type()),
                        Cause.of(command, change.reason()),
                        state(run, version, run.state(), run.held(), run.priority(), scheduledAt),
                        state(
                                run,
                                version + 1,
                                change.state(),
                                change.held(),
                                change.priority(),
                                change.place().scheduledAt()))
                .run(run.id())
                .with("version", version + 1);
    }

    /** What was appended to a run's history without changing it otherwise. */
    static Effect noted(Class<?> command, AppendNotes.Request request, LockedRun run, int version) {
        Instant at = run.place().scheduledAt();
        int before = run.tip().version();
        return Effect.of(
                        EffectType.NOTE_APPENDED,
                        Cause.of(command, request.order().reason()),
                        state(run, before, run.state(), run.held(), run.priority(), at),
                        state(run, version, run.state(), run.held(), run.priority(), at))
                .run(run.id())
                .with("version", version);
    }

    private static Map<String, Object> state(
            LockedRun run, int version, String state, boolean held, int priority, Instant scheduledAt) {
        return Map.of(
                "run_id", run.id().toString(),
                "version", version,
                "state", state,
                "held", held,
                "priority", priority,
                "scheduled_at", scheduledAt.toString());
    }
}
