package dev.leasehold.task;

import dev.leasehold.api.Backoff;
import dev.leasehold.api.Cron;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Payload;
import dev.leasehold.api.Repeat;
import dev.leasehold.schedule.Derivation;
import dev.leasehold.sql.ScheduleRow;
import dev.leasehold.sql.ScheduleRow.Cursor;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A task that may be admitted: every bound was checked and every default is filled in.
 *
 * @param id its id
 * @param type which handler does it
 * @param queue the queue it stands in
 * @param payload what its handler gets
 * @param repeat how many runs it gets, and when; null for one
 * @param cron the instants of its runs; null for one, or those of {@code repeat}
 * @param scheduledAt the instant of its first run
 * @param maxAttempts how many attempts of each run count at most
 * @param backoff how long a run waits after a failed attempt
 * @param timeout how long one attempt may take
 * @param safetyLevel what its handler may rely on when it is repeated
 * @param tags words to find it by
 * @param priority greater runs first
 * @param description a sentence for operators
 * @param gates what keeps its runs from being started
 * @param digest of what the submitter said, defaults left out
 */
public record TaskSpec(
        UUID id,
        String type,
        String queue,
        @Nullable Payload payload,
        @Nullable Repeat repeat,
        @Nullable Cron cron,
        Instant scheduledAt,
        int maxAttempts,
        Backoff backoff,
        @Nullable Duration timeout,
        String safetyLevel,
        List<String> tags,
        int priority,
        @Nullable String description,
        NewTask.Gates gates,
        String digest) {

    private static final String ONCE = "\"Once\"";

    static final String DEFAULT_QUEUE = "default";
    private static final String DEFAULT_SAFETY = "Pure";

    /**
     * Checks a task and fills in what it leaves open.
     *
     * @param task as submitted
     * @param fresh its id when it names none
     * @param now its instant when it names none
     * @param admission the bound of its payload, and its cap and backoff when it names none
     * @throws InvalidTask for the first member that is out of bounds
     * @throws PayloadTooLarge when the payload is
     */
    public static TaskSpec of(NewTask task, UUID fresh, Instant now, Admission admission) {
        TaskChecks.check(task, admission.largestPayload());
        Instant origin = or(task.scheduledAt(), now);
        Repeat repeat = task.policy() instanceof Repeat given ? given : null;
        Cron cron = task.policy() instanceof Cron given ? given : null;
        TaskChecks.reach(repeat, origin);
        return new TaskSpec(
                or(task.id(), fresh),
                task.type(),
                or(task.queue(), DEFAULT_QUEUE),
                task.payload(),
                repeat,
                cron,
                cron == null ? origin : CronChecks.first(cron, origin, now),
                or(task.maxAttempts(), admission.maxAttempts()),
                or(task.backoff(), admission.backoff()),
                task.timeout(),
                or(task.safety(), DEFAULT_SAFETY),
                or(task.tags(), List.of()),
                or(task.priority(), 0),
                task.description(),
                task.gates(),
                Digest.of(task));
    }

    private static <T> T or(@Nullable T given, T usual) {
        return given == null ? usual : given;
    }

    /** Its run policy as JSON (http.md 1). */
    public String runPolicy() {
        if (cron != null) {
            return CronText.of(cron);
        }
        return repeat == null
                ? ONCE
                : "{\"Repeat\":{\"count\":" + repeat.count() + ",\"interval_secs\":" + seconds(repeat.interval())
                        + "}}";
    }

    /** What a worker must be able to, sorted, one to a line; empty for nothing in particular. */
    String capabilities() {
        return capabilities(gates);
    }

    static String capabilities(NewTask.Gates gates) {
        return gates.capabilities() == null
                ? ""
                : gates.capabilities().stream().sorted().distinct().collect(Collectors.joining("\n"));
    }

    static String seconds(Duration interval) {
        return BigDecimal.valueOf(interval.toNanos(), 9).stripTrailingZeros().toPlainString();
    }

    /** The instants of the runs that it gets at once, in order: those of a cron task come from its schedule. */
    public List<Instant> instants() {
        if (cron != null) {
            return List.of();
        }
        return repeat == null
                ? List.of(scheduledAt)
                : IntStream.range(0, Math.min(repeat.count(), Derivation.MOST_OF_REPEAT))
                        .mapToObj(i -> instant(repeat, i))
                        .toList();
    }

    /** Its schedule, if its runs cannot all be derived at once. */
    Optional<ScheduleRow> schedule(long lane) {
        ScheduleRow.Place place = new ScheduleRow.Place(queue, lane, priority);
        if (cron != null) {
            Cursor cursor = new Cursor(0, scheduledAt, scheduledAt, null);
            return Optional.of(new ScheduleRow(id, 1, cron, null, place, cursor, false));
        }
        if (repeat == null || repeat.count() <= Derivation.MOST_OF_REPEAT) {
            return Optional.empty();
        }
        Cursor cursor = new Cursor(Derivation.MOST_OF_REPEAT, instant(repeat, Derivation.MOST_OF_REPEAT), null, null);
        return Optional.of(new ScheduleRow(id, 1, null, repeat, place, cursor, false));
    }

    private Instant instant(Repeat every, int index) {
        return scheduledAt.plus(every.interval().multipliedBy(index));
    }
}
