package dev.leasehold.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as its submitter describes it; what is null was left to the queue's defaults. Nothing is checked here: bounds
 * are those of the HTTP API (http.md 1), and the queue refuses what is outside them.
 *
 * @param id chosen by the submitter so that a repeated submission is recognised; null for a new one
 * @param type which handler does it
 * @param queue the queue it stands in; null for {@code default}
 * @param payload what the handler gets; null for none
 * @param policy how many runs it gets, and when; null for one, at {@code scheduledAt}
 * @param scheduledAt the earliest instant of its first run; null for now
 * @param maxAttempts how often it may be attempted; null for the node's default
 * @param backoff how long it waits between attempts; null for the node's default
 * @param timeout how long one attempt may take; null for as long as its worker is heard of
 * @param safety {@code Pure}, {@code Idempotent} or {@code Transactional}: told to workers, changes nothing here
 * @param metadata what operators see of it, and its priority
 * @param gates what keeps its runs from being started
 */
public record NewTask(
        @Nullable UUID id,
        String type,
        @Nullable String queue,
        @Nullable Payload payload,
        @Nullable RunPolicy policy,
        @Nullable Instant scheduledAt,
        @Nullable Integer maxAttempts,
        @Nullable Backoff backoff,
        @Nullable Duration timeout,
        @Nullable String safety,
        Metadata metadata,
        Gates gates) {

    /**
     * What keeps a task's runs from being started, or itself from being admitted.
     *
     * @param concurrencyKey one run of it at a time, unless the key's limit says otherwise; null for none
     * @param hold whether a run keeps the key while it waits to go on; null for {@link HoldPolicy#HOLD_DURING_RETRY}
     * @param capabilities what a worker must be able to; null for nothing in particular
     * @param rate how many may start within a period; null for any number
     * @param expiresAt a run that was not started by then is called off; null for never
     * @param unique whether it is the only one of its kind; null for no matter
     */
    public record Gates(
            @Nullable String concurrencyKey,
            @Nullable HoldPolicy hold,
            @Nullable List<String> capabilities,
            @Nullable Rate rate,
            @Nullable Instant expiresAt,
            @Nullable Unique unique) {

        /** Nothing does. */
        public static final Gates NONE = new Gates(null, null, null, null, null, null);

        /** Only one run of this key at a time. */
        public static Gates key(String key, HoldPolicy hold) {
            return new Gates(key, hold, null, null, null, null);
        }
    }

    /**
     * What operators see of a task, and its priority.
     *
     * @param tags words to find it by
     * @param priority greater runs first; null for 0
     * @param description a sentence for operators
     */
    public record Metadata(
            @Nullable List<String> tags,
            @Nullable Integer priority,
            @Nullable String description) {

        /** Nothing is said. */
        public static final Metadata NONE = new Metadata(null, null, null);
    }

    /** Words to find it by. */
    public @Nullable List<String> tags() {
        return metadata.tags();
    }

    /** Greater runs first; null for 0. */
    public @Nullable Integer priority() {
        return metadata.priority();
    }

    /** A sentence for operators. */
    public @Nullable String description() {
        return metadata.description();
    }

    /** A task that leaves everything but its type to the defaults. */
    public static NewTask of(String type) {
        return new NewTask(null, type, null, null, null, null, null, null, null, null, Metadata.NONE, Gates.NONE);
    }

    /** The same under an id of the submitter's choice. */
    public NewTask id(UUID value) {
        return new NewTask(
                value,
                type,
                queue,
                payload,
                policy,
                scheduledAt,
                maxAttempts,
                backoff,
                timeout,
                safety,
                metadata,
                gates);
    }

    /** The same in another queue. */
    public NewTask queue(String value) {
        return new NewTask(
                id, type, value, payload, policy, scheduledAt, maxAttempts, backoff, timeout, safety, metadata, gates);
    }

    /** The same with a payload. */
    public NewTask payload(Payload value) {
        return new NewTask(
                id, type, queue, value, policy, scheduledAt, maxAttempts, backoff, timeout, safety, metadata, gates);
    }

    /** The same, not before an instant. */
    public NewTask scheduledAt(Instant value) {
        return new NewTask(
                id, type, queue, payload, policy, value, maxAttempts, backoff, timeout, safety, metadata, gates);
    }

    /** The same with several runs. */
    public NewTask repeat(Repeat value) {
        return new NewTask(
                id, type, queue, payload, value, scheduledAt, maxAttempts, backoff, timeout, safety, metadata, gates);
    }

    /** The same with a run at every instant that an expression names. */
    public NewTask cron(Cron value) {
        return new NewTask(
                id, type, queue, payload, value, scheduledAt, maxAttempts, backoff, timeout, safety, metadata, gates);
    }

    /** The same with another number of attempts. */
    public NewTask maxAttempts(int value) {
        return new NewTask(
                id, type, queue, payload, policy, scheduledAt, value, backoff, timeout, safety, metadata, gates);
    }

    /** The same with the same wait after every failed attempt. */
    public NewTask retryEvery(Duration value) {
        return backoff(new Backoff(Backoff.Strategy.FIXED, value, 1, value, 0));
    }

    /** The same with another backoff. */
    public NewTask backoff(Backoff value) {
        return new NewTask(
                id, type, queue, payload, policy, scheduledAt, maxAttempts, value, timeout, safety, metadata, gates);
    }

    /** The same with a limit on how long one attempt may take. */
    public NewTask timeout(Duration value) {
        return new NewTask(
                id, type, queue, payload, policy, scheduledAt, maxAttempts, backoff, value, safety, metadata, gates);
    }

    /** The same with another priority. */
    public NewTask priority(int value) {
        return metadata(new Metadata(tags(), value, description()));
    }

    /** The same with other words for operators, and their priority. */
    public NewTask metadata(Metadata value) {
        return new NewTask(
                id, type, queue, payload, policy, scheduledAt, maxAttempts, backoff, timeout, safety, value, gates);
    }

    /** The same with other gates. */
    public NewTask gates(Gates value) {
        return new NewTask(
                id, type, queue, payload, policy, scheduledAt, maxAttempts, backoff, timeout, safety, metadata, value);
    }
}
