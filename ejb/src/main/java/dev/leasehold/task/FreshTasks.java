package dev.leasehold.task;

import dev.leasehold.run.ReadyBell;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.LanePlace;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.ScheduleRow;
import dev.leasehold.sql.SubmitStatement;
import dev.leasehold.sql.SubmitStatement.RunRow;
import dev.leasehold.sql.SubmitStatement.Submission;
import dev.leasehold.sql.SubmitStatement.TaskRow;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Stores tasks that may be admitted, each with its runs. */
@ApplicationScoped
public class FreshTasks {

    @Inject
    Ids ids;

    @Inject
    Settings settings;

    @Inject
    QueueSession session;

    @Inject
    Openings openings;

    @Inject
    SubmitStatement statement;

    @Inject
    RecurringTasks recurring;

    @Inject
    ReadyBell bell;

    /** Stores what is new, and answers how many runs each of those tasks got. */
    Map<UUID, Integer> store(Caller caller, Instant now, List<TaskSpec> specs) {
        Openings.Opened open = openings.open(caller, specs);
        List<RunRow> runs =
                specs.stream().flatMap(spec -> runs(spec, open, now)).toList();
        Submission submission = new Submission(
                caller.tenant(),
                caller.subject(),
                now,
                specs.stream().map(spec -> row(spec, open)).toList(),
                runs);
        Set<UUID> created = session.work(connection -> statement.submit(connection, submission));
        List<LanePlace> ready = runs.stream()
                .filter(run -> run.due() && created.contains(run.taskId()))
                .map(RunRow::place)
                .toList();
        if (!ready.isEmpty()) {
            bell.ringOnCommit(ready);
        }
        Map<UUID, Integer> counts = new HashMap<>();
        List<ScheduleRow> schedules = new ArrayList<>();
        specs.stream().filter(spec -> created.contains(spec.id())).forEach(spec -> {
            counts.put(spec.id(), spec.instants().size());
            spec.schedule(open.lane(spec)).ifPresent(schedules::add);
        });
        counts.putAll(recurring.begin(caller, now, schedules, runs));
        return counts;
    }

    private Stream<RunRow> runs(TaskSpec spec, Openings.Opened open, Instant now) {
        long lane = open.lane(spec);
        boolean gated = open.gates(spec).needPermits();
        boolean promoting = settings.dutiesByTimer();
        return spec.instants().stream()
                .map(instant -> new RunRow(
                        ids.next(),
                        spec.id(),
                        lane,
                        instant,
                        spec.priority(),
                        promoting && !instant.isAfter(now),
                        gated,
                        spec.gates().expiresAt()));
    }

    private static TaskRow row(TaskSpec spec, Openings.Opened open) {
        return new TaskRow(
                spec.id(),
                spec.type(),
                spec.queue(),
                spec.payload(),
                spec.runPolicy(),
                spec.maxAttempts(),
                spec.backoff(),
                spec.timeout(),
                spec.safetyLevel(),
                Tags.write(spec.tags()),
                spec.priority(),
                spec.description(),
                spec.digest(),
                open.gates(spec));
    }
}
