package dev.leasehold.run;

import dev.leasehold.audit.Effect;
import dev.leasehold.audit.Effect.Cause;
import dev.leasehold.audit.EffectType;
import dev.leasehold.sql.Change;
import dev.leasehold.sql.LockedRun;
import java.util.Map;

/** What the audit says of a run that a command changed. */
public final class RunEffects {

    private RunEffects() {}

    /** What a change did; its event has the same type and reason, and the version that is named. */
    public static Effect of(Class<?> command, Change change) {
        LockedRun run = change.run();
        int version = run.tip().version() + 1;
        Map<String, Object> after = Map.of(
                "run_id", run.id().toString(),
                "version", version,
                "state", change.state(),
                "held", change.held(),
                "priority", change.priority(),
                "scheduled_at", change.place().scheduledAt().toString());
        return Effect.of(
                        EffectType.of(change.type()),
                        Cause.of(command, change.reason()),
                        state(run, run.tip().version()),
                        after)
                .run(run.id())
                .with("version", version);
    }

    /** What was appended to a run's history without changing it otherwise. */
    static Effect noted(Class<?> command, AppendNotes.Request request, LockedRun run, int version) {
        return Effect.of(
                        EffectType.NOTE_APPENDED,
                        Cause.of(command, request.order().reason()),
                        state(run, run.tip().version()),
                        state(run, version))
                .run(run.id())
                .with("version", version);
    }

    private static Map<String, Object> state(LockedRun run, int version) {
        return Map.of(
                "run_id", run.id().toString(),
                "version", version,
                "state", run.state(),
                "held", run.held(),
                "priority", run.priority(),
                "scheduled_at", run.place().scheduledAt().toString());
    }
}
