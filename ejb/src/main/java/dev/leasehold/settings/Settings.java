package dev.leasehold.settings;

import dev.leasehold.api.Backoff;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an operator may set, anew whenever it is asked for: a system property ({@code leasehold.worker-threads}), else an
 * environment variable ({@code LEASEHOLD_WORKER_THREADS}), else MicroProfile Config. A bad value stops the start.
 */
public final class Settings {

    private final Values values;

    /** Reads keys from there; null where a key is not set. */
    public Settings(UnaryOperator<@Nullable String> source) {
        values = new Values(source);
    }

    /** The settings of this process, as the application of this thread sees them. */
    public static Settings ofProcess() {
        return new Settings(ProcessSource.ofThread());
    }

    /** {@code leasehold.datasource}: the JNDI name of the data source. */
    public String dataSource() {
        return values.text("leasehold.datasource", "java:app/jdbc/Leasehold");
    }

    /** {@code leasehold.database-url}: of the default data source; an H2 file in the data folder when not set. */
    public String databaseUrl() {
        String file = "jdbc:h2:file:" + dataFolder().resolve("leasehold") + ";WRITE_DELAY=0;MAX_COMPACT_TIME=0";
        return values.text("leasehold.database-url", file);
    }

    /** Its user, {@code leasehold.database-user}. */
    public String databaseUser() {
        return values.text("leasehold.database-user", "sa");
    }

    /** {@code leasehold.database-password}. */
    public String databasePassword() {
        return values.text("leasehold.database-password", "");
    }

    /** {@code leasehold.data-folder}: where the H2 file stands; a folder of the server's own when not set. */
    public Path dataFolder() {
        return DataFolder.of(values);
    }

    /** {@code leasehold.node}: this node's name in leases and events, 1 to 128 characters. */
    public String node() {
        return NodeName.of(values);
    }

    /** {@code leasehold.worker-threads}: how many handlers run at once here, 0 to 1000. */
    public int workerThreads() {
        return values.number("leasehold.worker-threads", 8, 0, 1000);
    }

    /** {@code leasehold.queues}: queues with threads of their own, 0 to 1000 each; empty when all share the others. */
    public Map<String, Integer> queueThreads() {
        return QueueThreads.of(values.entries("leasehold.queues"));
    }

    /** {@code leasehold.capabilities}: what handlers here can do that some runs require, up to 32 of 1 to 128; none when not set. */
    public List<String> capabilities() {
        return Capabilities.of(values.entries("leasehold.capabilities"));
    }

    /** {@code leasehold.default-max-attempts}: for tasks that name none, 1 to 1000. */
    public int defaultMaxAttempts() {
        return values.number("leasehold.default-max-attempts", 5, 1, 1000);
    }

    /**
     * {@code leasehold.default-backoff} and its four parts {@code -delay-secs}, {@code -factor}, {@code -max-delay-secs} (an
     * hour, or the delay where that is longer) and {@code -jitter}: for tasks that name none, by {@link Backoff}'s bounds.
     */
    public Backoff defaultBackoff() {
        return DefaultBackoff.of(values);
    }

    /** {@code leasehold.lease-secs}: how long this node's own workers hold a run without renewal, 3 to 86400. */
    public Duration lease() {
        return values.seconds("leasehold.lease-secs", 30, 3, 86_400);
    }

    /**
     * {@code leasehold.heartbeat-secs}: between two signs of life of this node, 1 to 3600 and at most a third of
     * {@link #lease()}, so that two may be lost; 10 or that third when not set.
     */
    public Duration heartbeatEvery() {
        return HeartbeatInterval.of(values, lease());
    }

    /** {@code leasehold.http-lease-secs}: how long a worker over HTTP holds a run that names no length, 3 to 86400. */
    public Duration httpLease() {
        return values.seconds("leasehold.http-lease-secs", 60, 3, 86_400);
    }

    /** {@code leasehold.timeout-grace-secs}: how long after its deadline an attempt may still report, 0 to 3600. */
    public Duration timeoutGrace() {
        return values.seconds("leasehold.timeout-grace-secs", 10, 0, 3600);
    }

    /** {@code leasehold.transaction-secs}: how long a handler's transaction lasts at most, 1 to 3600. */
    public Duration longestTransaction() {
        return values.seconds("leasehold.transaction-secs", 60, 1, 3600);
    }

    /** {@code leasehold.executor}: the JNDI name of the executor whose threads handlers run on. */
    public String executor() {
        return values.text("leasehold.executor", "java:comp/DefaultManagedExecutorService");
    }

    /** {@code leasehold.drain-secs}: how long a node that is taken down waits for its handlers, 0 to 3600. */
    public Duration drain() {
        return values.seconds("leasehold.drain-secs", 20, 0, 3600);
    }

    /** {@code leasehold.expire-secs}: between two looks for lapsed leases, 1 to 60. */
    public Duration expireEvery() {
        return values.seconds("leasehold.expire-secs", 1, 1, 60);
    }

    /** {@code leasehold.promote-secs}: between two looks for due runs, 1 to 60. */
    public Duration promoteEvery() {
        return values.seconds("leasehold.promote-secs", 1, 1, 60);
    }

    /** {@code leasehold.poll-secs}: between two looks for ready runs when nothing rings, 1 to 60. */
    public Duration pollEvery() {
        return values.seconds("leasehold.poll-secs", 1, 1, 60);
    }

    /** {@code leasehold.duties}: {@code timers}, or {@code manual} when nothing is to move before it is told to. */
    public boolean dutiesByTimer() {
        return values.word("leasehold.duties", "timers", "manual").equals("timers");
    }

    /** {@code leasehold.start-wait-secs}: how long a start waits for its database, 0 to 3600. */
    public Duration startWait() {
        return values.seconds("leasehold.start-wait-secs", 60, 0, 3600);
    }

    /** {@code leasehold.max-waiting-polls}: how many claims over HTTP may wait for work, readers for runs to end, and readers follow events, 0 to 10000. */
    public int maxWaitingPolls() {
        return values.number("leasehold.max-waiting-polls", 1000, 0, 10_000);
    }

    /** {@code leasehold.slow-reader-secs}: how long one sending to who follows events may take, 1 to 3600. */
    public Duration slowReader() {
        return values.seconds("leasehold.slow-reader-secs", 5, 1, 3600);
    }

    /** {@code leasehold.retention-days}: how long runs stay after they ended, 1 to 36500; 0 for ever. */
    public int retentionDays() {
        return values.number("leasehold.retention-days", 30, 0, 36_500);
    }

    /** {@code leasehold.max-payload-bytes}: of a payload and of an output, 1 to 16777216. */
    public int maxPayloadBytes() {
        return values.number("leasehold.max-payload-bytes", 1 << 20, 1, 1 << 24);
    }

    /** {@code leasehold.max-request-bytes}: of a request's body, 1024 to 67108864. */
    public int maxRequestBytes() {
        return values.number("leasehold.max-request-bytes", 1 << 24, 1024, 1 << 26);
    }

    /** {@code leasehold.http-hosts}: where {@code http.request} may go; nowhere when not set. */
    public List<HostPattern> httpHosts() {
        return HostPattern.all(values.entries("leasehold.http-hosts"));
    }

    /** {@code leasehold.control}: {@code on}, or {@code off} when the API is not to take orders of operators. */
    public boolean control() {
        return values.word("leasehold.control", "on", "off").equals("on");
    }

    /** {@code leasehold.metrics}: {@code on}, or {@code off} when {@code /metrics} is not to be there. */
    public boolean metrics() {
        return values.word("leasehold.metrics", "on", "off").equals("on");
    }

    /** {@code leasehold.notify}: {@code on}, or {@code off} when nodes are to find one another's work by polling only. */
    public boolean notices() {
        return values.word("leasehold.notify", "on", "off").equals("on");
    }

    /** Reads every setting once, and throws {@link InvalidSetting} for the first that is out of bounds. */
    public void check() {
        SettingsCheck.of(this);
    }
}
