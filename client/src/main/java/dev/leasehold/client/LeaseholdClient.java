package dev.leasehold.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server's API. Requests that got no answer, or 429, 502, 503 or 504, are sent again ({@link Retries}); every order
 * carries an {@code Idempotency-Key} of its own, so that it is carried out once however often it is sent. All methods
 * throw {@link LeaseholdException}. Safe for use by many threads; its own threads are daemons and end with it.
 */
public final class LeaseholdClient {

    /** Where a server on this machine listens. */
    public static final URI LOCAL = URI.create("http://127.0.0.1:8080/leasehold");

    private static final String TASKS = "/api/v1/tasks";
    private static final String RUNS = "/api/v1/runs/";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final Transport transport;

    LeaseholdClient(Transport transport) {
        this.transport = transport;
    }

    /** A client of the server at that address, with usual timeouts. */
    public static LeaseholdClient of(URI base) {
        return builder(base).build();
    }

    /**
     * A client yet to be made.
     *
     * @param base the application's address, such as {@link #LOCAL}: http or https, no query, no user in it
     * @throws IllegalArgumentException for any other
     */
    public static LeaseholdClientBuilder builder(URI base) {
        return new LeaseholdClientBuilder(base);
    }

    /** Submits a task; answers the one that is there when it was submitted before. */
    public Task submit(NewTask task) {
        return transport.order(TASKS, task.members(), Task.class);
    }

    /** Submits 1 to 1000 tasks; a refused one leaves the others alone. Answers a result for each, in order. */
    public List<Task.Submitted> submit(List<NewTask> tasks) {
        var body = Map.of("tasks", tasks.stream().map(NewTask::members).toList());
        return transport.order(TASKS + "/batch", body, Task.Batch.class).results();
    }

    /** One task, with its payload. */
    public Task task(UUID task) {
        return get(TASKS + "/" + task, Task.class);
    }

    /** A page of tasks: by priority, then age. {@code limit} is 1 to 1000. */
    public List<Task> tasks(int limit, long offset) {
        return get(TASKS + "?limit=" + limit + "&offset=" + offset, Task.Listing.class)
                .tasks();
    }

    /** Cancels a task and those of its runs that are not over. */
    public Task.Cancellation cancelTask(UUID task, @Nullable String reason) {
        return transport.order(TASKS + "/" + task + "/cancel", because(reason), Task.Cancellation.class);
    }

    /** One run with its history. */
    public Run run(UUID run) {
        return get(RUNS + run, Run.class);
    }

    /** One run, as soon as it is over, or as it is when the time has passed. */
    public Run await(UUID run, Duration longest) {
        long end = Ticker.nanos() + longest.toNanos();
        Duration left = longest;
        while (true) {
            Duration wait = left.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : left;
            Run now = transport.get(RUNS + run + "?wait_secs=" + seconds(wait), wait, Run.class);
            left = Duration.ofNanos(end - Ticker.nanos());
            if (now.state().terminal() || left.toMillis() <= 0) {
                return now;
            }
        }
    }

    /** Runs by planned instant; pages are read as the stream goes on. */
    public Stream<Run.Summary> runs(RunFilter filter) {
        return runs(filter, 100);
    }

    /** The same, with pages of 1 to 1000. */
    public Stream<Run.Summary> runs(RunFilter filter, int page) {
        return new RunPages(transport, filter, page).stream();
    }

    /** How many runs there are, counted up to a number of 1 to 10000. */
    public Run.Count count(RunFilter filter, int upTo) {
        return get(filter.counting(upTo), Run.Counted.class).count();
    }

    /** Cancels: {@code canceled}, {@code already_canceled} or {@code already_terminal}. */
    public String cancel(UUID run, @Nullable String reason) {
        return order(run, "cancel", reason);
    }

    /** Makes a Suspended run ready: {@code resumed}. */
    public String resume(UUID run, @Nullable String reason) {
        return order(run, "resume", reason);
    }

    /** Holds a waiting run back: {@code held}. */
    public String hold(UUID run, @Nullable String reason) {
        return order(run, "hold", reason);
    }

    /** Lets a held run go on: {@code unheld}. */
    public String unhold(UUID run, @Nullable String reason) {
        return order(run, "unhold", reason);
    }

    /** Repeats a run that is over, as a new run whose id is answered. */
    public UUID rerun(UUID run, @Nullable String reason) {
        return transport
                .order(RUNS + run + "/rerun", because(reason), Run.Rerun.class)
                .runId();
    }

    /** Why a run is not running. */
    public Explanation explain(UUID run) {
        return get(RUNS + run + "/explain", Explanation.class);
    }

    /** A run's events after that number (0 for all), at most {@code limit}. */
    public Event.OfRun events(UUID run, long afterSeq, int limit) {
        return get(RUNS + run + "/events?after_seq=" + afterSeq + "&limit=" + limit, Event.OfRun.class);
    }

    /** Events of all runs in the order of their commits, after a cursor; from the oldest kept without one. */
    public Event.Feed feed(@Nullable String after, int limit) {
        RunFilter asked = RunFilter.all().with("limit", String.valueOf(limit));
        return get((after == null ? asked : asked.with("after", after)).query("/api/v1/events"), Event.Feed.class);
    }

    /** Counts of everything. */
    public Stats stats() {
        return get("/api/v1/stats", Stats.class);
    }

    /** Stops claims of a queue, or of all: {@code paused} or {@code already_paused}. */
    public String pauseQueues(@Nullable String queue) {
        return engine("pause", queue);
    }

    /** Allows claims again: {@code resumed} or {@code already_resumed}. */
    public String resumeQueues(@Nullable String queue) {
        return engine("resume", queue);
    }

    /** The calls of workers. Most programs want a {@link Worker} instead. */
    public Leases leases() {
        return new Leases(transport);
    }

    /** Reads what has no method here; {@code path} begins with {@code /api/v1/}. */
    public <T> T get(String path, Class<T> type) {
        return transport.get(path, Duration.ZERO, type);
    }

    /** Orders what has no method here; a body of null is an empty object. */
    public <T> T post(String path, @Nullable Object body, Class<T> type) {
        return transport.order(path, body, type);
    }

    private String order(UUID run, String order, @Nullable String reason) {
        return transport
                .order(RUNS + run + "/" + order, because(reason), Run.Ordered.class)
                .status();
    }

    private String engine(String order, @Nullable String queue) {
        return transport
                .order("/api/v1/engine/" + order, queue == null ? null : Map.of("queue", queue), Run.Ordered.class)
                .status();
    }

    private static @Nullable Map<String, String> because(@Nullable String reason) {
        return reason == null ? null : Map.of("reason", reason);
    }

    private static String seconds(Duration wait) {
        return String.valueOf(Math.max(0, wait.toMillis()) / 1000.0);
    }
}
