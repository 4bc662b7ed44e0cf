package dev.leasehold.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a run (http.md 2, decisions 4).
 *
 * @param runId null where the answer is about one run
 * @param seq its number within the run, from 1 without a gap
 * @param eventType such as {@code run.started}
 * @param transitions the run's steps in order; none for a note
 */
public record Event(
        String eventId,
        @Nullable UUID runId,
        @Nullable UUID taskId,
        long seq,
        String eventType,
        Instant occurredAt,
        @Nullable String actor,
        @Nullable UUID attemptId,
        @Nullable Long fence,
        @Nullable List<Step> transitions,
        @Nullable String causationId,
        @Nullable String correlationId,
        @Nullable JsonNode data) {

    /** From one state to the next; {@code from} is null for the first. */
    public record Step(@Nullable RunState from, RunState to) {}

    /** A page of a run's events. {@code nextAfterSeq} is where the next page begins. */
    public record OfRun(
            UUID runId,
            List<Event> events,
            int count,
            long lastSeq,
            boolean hasMore,
            @Nullable Long nextAfterSeq) {}

    /**
     * A page of the feed.
     *
     * @param next the cursor after these events, also when there are none
     */
    public record Feed(List<Event> events, String next) {}
}
