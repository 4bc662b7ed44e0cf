package dev.leasehold.client;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a worker works.
 *
 * @param poll how long a claim waits for the first run
 * @param grace how long handlers may go on when the worker ends
 * @param pauses between attempts to reach a server that does not answer
 */
record WorkerSettings(
        String owner,
        @Nullable List<String> queues,
        @Nullable List<String> capabilities,
        int threads,
        Duration lease,
        Duration poll,
        Duration grace,
        Retries pauses) {}
