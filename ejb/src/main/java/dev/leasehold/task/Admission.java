package dev.leasehold.task;

import dev.leasehold.api.Backoff;
import dev.leasehold.settings.Settings;

/**
 * On what terms this node admits tasks, as its settings have it now.
 *
 * @param maxAttempts of a task that names none
 * @param backoff of a task that names none
 * @param largestPayload how many bytes a payload may have
 */
public record Admission(int maxAttempts, Backoff backoff, int largestPayload) {

    /** The terms of these settings. */
    public static Admission of(Settings settings) {
        return new Admission(settings.defaultMaxAttempts(), settings.defaultBackoff(), settings.maxPayloadBytes());
    }
}
