package dev.leasehold.task;

import dev.leasehold.schedule.Derivation;
import dev.leasehold.schedule.ScheduleChanges;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.FiringStatement.Firing;
import dev.leasehold.sql.ScheduleRow;
import dev.leasehold.sql.SubmitStatement.RunRow;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Begins the schedules of tasks that are submitted. */
@ApplicationScoped
public class RecurringTasks {

    @Inject
    Settings settings;

    @Inject
    ScheduleChanges changes;

    @Inject
    Derivation derivation;

    /**
     * Stores schedules: of a repetition the first runs are there, of a cron task none.
     *
     * @param runs that were stored, also of other tasks
     * @return how many runs each cron task got now
     */
    Map<UUID, Integer> begin(Caller caller, Instant now, List<ScheduleRow> rows, List<RunRow> runs) {
        if (rows.isEmpty()) {
            return Map.of();
        }
        Set<UUID> tasks = rows.stream().map(ScheduleRow::task).collect(Collectors.toSet());
        List<Firing> firings = runs.stream()
                .filter(run -> tasks.contains(run.taskId()))
                .map(run -> new Firing(run.taskId(), run.scheduledAt(), run.runId(), false, null))
                .toList();
        changes.begin(caller, rows, firings);
        List<ScheduleRow> cron = rows.stream().filter(row -> row.cron() != null).toList();
        return derivation.advance(caller, now, cron, settings.dutiesByTimer());
    }
}
