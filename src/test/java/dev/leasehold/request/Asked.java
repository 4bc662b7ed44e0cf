package dev.leasehold.request;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Cancellation;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Received;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/** The third of five attempts, under fence 7, and 11 of its key. */
record Asked(UUID runId, UUID attemptId, Instant deadline, Cancellation cancellation) implements Attempt {
    @Override
    public UUID taskId() {
        return new UUID(5, 6);
    }

    @Override
    public int number() {
        return 3;
    }

    @Override
    public int maxAttempts() {
        return 5;
    }

    @Override
    public long fence() {
        return 7;
    }

    @Override
    public OptionalLong keyFence() {
        return OptionalLong.of(11);
    }

    @Override
    public String key() {
        return "account-1";
    }

    @Override
    public String type() {
        return "http.request";
    }

    @Override
    public String queue() {
        return "default";
    }

    @Override
    public List<String> tags() {
        return List.of();
    }

    @Override
    public String description() {
        return null;
    }

    @Override
    public void progress(int percent, String message) {
        throw new AssertionError("the handler says nothing of its progress");
    }

    @Override
    public UUID submit(NewTask task) {
        throw new AssertionError("the handler submits nothing");
    }

    @Override
    public List<Received> received() {
        throw new UnsupportedOperationException();
    }
}
