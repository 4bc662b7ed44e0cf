package dev.leasehold.schedule;

import dev.leasehold.run.RunState;
import dev.leasehold.sql.LiveFiring;
import dev.leasehold.sql.LockedRun;
import java.util.Map;
import java.util.UUID;

/** What the states of derived runs mean to their schedule. */
final class LiveRuns {

    private LiveRuns() {}

    static LiveFiring current(LiveFiring live, Map<UUID, LockedRun> held) {
        LockedRun run = held.get(live.run());
        return run == null ? live : live.as(run);
    }

    static boolean hasEnded(LiveFiring live) {
        return live.state() == null || RunState.of(live.state()).terminal();
    }

    static boolean isScheduled(LiveFiring live) {
        return RunState.SCHEDULED.word().equals(live.state());
    }
}
