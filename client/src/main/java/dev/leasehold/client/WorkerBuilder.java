package dev.leasehold.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says what a worker does, and how much of it. */
public final class WorkerBuilder {

    private final LeaseholdClient client;
    private final Map<String, Handler> handlers = new LinkedHashMap<>();
    private String owner = "java-" + ProcessHandle.current().pid() + "-"
            + UUID.randomUUID().toString().substring(0, 8);
    private @Nullable List<String> queues;
    private @Nullable List<String> capabilities;
    private int threads = 4;
    private Duration lease = Duration.ofSeconds(60);
    private Duration poll = Duration.ofSeconds(5);
    private Duration grace = Duration.ofSeconds(25);
    private Retries pauses = new Retries(0, Duration.ofMillis(200), Duration.ofSeconds(5));

    WorkerBuilder(LeaseholdClient client) {
        this.client = client;
    }

    /** Does tasks of that type; a second handler for a type takes the first one's place. */
    public WorkerBuilder handle(String type, Handler handler) {
        handlers.put(type, handler);
        return this;
    }

    /** The name under which it holds leases, 1 to 255 characters; one for each process. Unless said, a name of its own. */
    public WorkerBuilder owner(String name) {
        owner = name;
        return this;
    }

    /** Takes from these queues only; unless said, from all. */
    public WorkerBuilder queues(List<String> names) {
        queues = List.copyOf(names);
        return this;
    }

    /** What runs may require of it; unless said, nothing. */
    public WorkerBuilder capabilities(List<String> names) {
        capabilities = List.copyOf(names);
        return this;
    }

    /** How many runs at once, 1 to 1000; 4 unless said. */
    public WorkerBuilder threads(int most) {
        threads = within(most, 1, 1000, "threads");
        return this;
    }

    /** How long a run is its own without being renewed, 3 s to a day; 60 s unless said. It is renewed three times as often. */
    public WorkerBuilder lease(Duration length) {
        within((int) Math.min(length.toSeconds(), Integer.MAX_VALUE), 3, 86_400, "lease seconds");
        lease = length;
        return this;
    }

    /**
     * How long a claim waits for the first run, up to 60 s; 5 s unless said. A worker that ends waits for the claim's
     * answer, because a run granted to a connection that is gone would lose an attempt.
     */
    public WorkerBuilder poll(Duration longest) {
        within((int) Math.min(longest.toSeconds(), Integer.MAX_VALUE), 0, 60, "poll seconds");
        poll = longest;
        return this;
    }

    /** How long handlers may go on when it ends, before they are told to stop; 25 s unless said. */
    public WorkerBuilder grace(Duration longest) {
        grace = longest;
        return this;
    }

    /** The pauses between attempts to reach a server that does not answer, which never end: 0.2 to 5 s unless said. */
    public WorkerBuilder pauses(Duration first, Duration longest) {
        pauses = new Retries(0, first, longest);
        return this;
    }

    /**
     * A worker that has begun.
     *
     * @throws IllegalStateException when it has no handler
     */
    public Worker start() {
        if (handlers.isEmpty()) {
            throw new IllegalStateException("a worker needs a handler");
        }
        WorkerSettings settings = new WorkerSettings(owner, queues, capabilities, threads, lease, poll, grace, pauses);
        return new Worker(client.leases().once(), settings, new Handlers(handlers));
    }

    private static int within(int value, int least, int most, String what) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be " + least + " to " + most);
        }
        return value;
    }
}
