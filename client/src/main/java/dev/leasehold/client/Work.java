package dev.leasehold.client;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A run in a handler's hands. */
public final class Work {

    private final Lease lease;
    private final UUID attemptId;
    private final Cancellation cancellation = new Cancellation();
    private volatile boolean lost;

    Work(Lease lease) {
        this.lease = lease;
        this.attemptId = Objects.requireNonNull(lease.attemptId());
    }

    /** The run: the same in every attempt, fit to be an idempotency key elsewhere. */
    public UUID runId() {
        return lease.runId();
    }

    /** The task that it belongs to. */
    public UUID taskId() {
        return lease.taskId();
    }

    /** The task's type. */
    public String type() {
        return lease.type();
    }

    /** The queue it came from. */
    public String queue() {
        return lease.queue();
    }

    /** Greater with every lease of the run: whoever has seen a greater one must refuse this one. */
    public long fence() {
        return lease.fence();
    }

    /**
     * Greater with every lease of any run of this run's concurrency key: whoever has seen a greater one of that key must refuse this
     * one. Null where the run has no key, or one of another limit than 1.
     */
    public @Nullable Long keyFence() {
        return lease.keyFence();
    }

    /** What to send along with a request to a service that refuses late workers, as the server's own HTTP handler does. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Idempotency-Key", runId().toString());
        headers.put("Leasehold-Run-Id", runId().toString());
        headers.put("Leasehold-Attempt-Id", attemptId.toString());
        headers.put("Leasehold-Attempt", String.valueOf(attemptNumber()));
        headers.put("Leasehold-Fence", String.valueOf(fence()));
        if (keyFence() != null) {
            headers.put("Leasehold-Key-Fence", String.valueOf(keyFence()));
        }
        return headers;
    }

    /** This attempt. */
    public UUID attemptId() {
        return attemptId;
    }

    /** 1 for the run's first attempt. */
    public int attemptNumber() {
        return lease.attemptNumber() == null ? lease.attemptsStarted() : lease.attemptNumber();
    }

    /** What the task carries; null when it carries nothing. */
    public @Nullable Payload payload() {
        return lease.payload();
    }

    /** When the attempt's time is over, by the server's clock; null when it has no limit. */
    public @Nullable Instant deadline() {
        return lease.deadline();
    }

    /** Whether to stop. */
    public Cancellation cancellation() {
        return cancellation;
    }

    Lease lease() {
        return lease;
    }

    /** The server has given the run to somebody else, or has ended it: nothing is reported any more. */
    void lose(String reason) {
        lost = true;
        cancellation.request(reason);
    }

    boolean lost() {
        return lost;
    }

    Lease.Report report(Outcome outcome) {
        return new Lease.Report(runId(), attemptId, fence(), outcome);
    }

    @Override
    public String toString() {
        return "run " + runId() + ", fence " + fence();
    }
}
