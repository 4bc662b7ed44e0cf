package dev.leasehold.task;

import dev.leasehold.api.Backoff;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Payload;
import dev.leasehold.api.Repeat;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    private static final String DEFAULT_QUEUE = "default";
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
        return new TaskSpec(
                or(task.id(), fresh),
                task.type(),
                or(task.queue(), DEFAULT_QUEUE),
                task.payload(),
                task.repeat(),
                or(task.scheduledAt(), now),
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
        return repeat == null
                ? ONCE
                : "{\"Repeat\":{\"count\":" + repeat.count() + ",\"interval_secs\":" + seconds(repeat.interval())
                        + "}}";
    }

    /** What a worker must be able to, sorted, one to a line; empty for nothing in particular. */
    String capabilities() {
        return gates.capabilities() == null
                ? ""
                : gates.capabilities().stream().sorted().distinct().collect(Collectors.joining("\n"));
    }

    static String seconds(Duration interval) {
        return BigDecimal.valueOf(interval.toNanos(), 9).stripTrailingZeros().toPlainString();
    }

    /** The instants of its runs, in order. */
    public List<Instant> instants() {
        return repeat == null
                ? List.of(scheduledAt)
                : IntStream.range(0, repeat.count())
                        .mapToObj(i -> scheduledAt.plus(repeat.interval().multipliedBy(i)))
                        .toList();
    }
}
