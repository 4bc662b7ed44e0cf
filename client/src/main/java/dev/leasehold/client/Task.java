package dev.leasehold.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as the server shows it (AQ 9.4, http.md 1).
 *
 * @param payload null in lists, and where there is none
 * @param runPolicy {@code "Once"}, or an object with {@code Repeat} or {@code Cron}
 * @param constraints what is in force, as an object
 * @param status {@code active}, {@code completed}, {@code failed} or {@code canceled}
 * @param runsCreated how many runs its submission created: 0 for one that was there already; null but in that answer
 */
public record Task(
        UUID id,
        String type,
        String queue,
        @Nullable Payload payload,
        JsonNode runPolicy,
        JsonNode constraints,
        Metadata metadata,
        Instant createdAt,
        String status,
        @Nullable Integer runsCreated) {

    /** What people and selection know a task by. */
    public record Metadata(
            @Nullable List<String> tags,
            int priority,
            @Nullable String description) {}

    /** A page of tasks. */
    record Listing(List<Task> tasks) {}

    /**
     * What became of one task of a batch.
     *
     * @param status {@code created}, {@code exists} or {@code rejected}
     * @param error the word of the refusal, and {@code message} its sentence; null unless rejected
     */
    public record Submitted(
            @Nullable UUID taskId,
            String status,
            int runsCreated,
            @Nullable String error,
            @Nullable String message,
            @Nullable JsonNode details) {}

    /** What became of each task of a batch, in order. */
    record Batch(List<Submitted> results) {}

    /**
     * What an order to cancel a task did.
     *
     * @param status {@code canceled} or {@code already_canceled}
     */
    public record Cancellation(UUID taskId, String status, int runsCanceled, int runsAlreadyTerminal, int runsTotal) {}
}
