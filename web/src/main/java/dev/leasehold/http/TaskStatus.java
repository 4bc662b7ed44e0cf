package dev.leasehold.http;

import dev.leasehold.run.RunState;
import dev.leasehold.schedule.Schedules.Standing;
import java.util.Optional;
import java.util.Set;

/** What a task's runs say about it (decisions 5.1). */
final class TaskStatus {

    private TaskStatus() {}

    /** Whether the runs have to be looked at, which a task that recurs without an end has ever more of. */
    static boolean isToldByRuns(Optional<Standing> schedule) {
        return schedule.map(Standing::ended).orElse(true);
    }

    /** The word for a task whose runs are in these states, and whose schedule, if it has one, stands there. */
    static String of(Set<RunState> states, Optional<Standing> schedule) {
        if (!isToldByRuns(schedule)) {
            return "active";
        }
        return schedule.isPresent() && states.isEmpty() ? "canceled" : of(states);
    }

    private static String of(Set<RunState> states) {
        if (states.isEmpty() || !states.stream().allMatch(RunState::terminal)) {
            return "active";
        }
        if (states.contains(RunState.COMPLETED)) {
            return "completed";
        }
        return states.equals(Set.of(RunState.CANCELED)) ? "canceled" : "failed";
    }
}
