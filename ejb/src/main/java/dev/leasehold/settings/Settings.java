package dev.leasehold.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an operator may set. Each key is read as a system property ({@code leasehold.worker-threads}) or else as an
 * environment variable ({@code LEASEHOLD_WORKER_THREADS}); a bad value stops the start. docs/operations.md lists them.
 */
public final class Settings {

    private static final List<String> SERVER_DATA =
            List.of("jboss.server.data.dir", "com.sun.aas.instanceRoot", "wlp.server.dir", "user.dir");

    private final UnaryOperator<@Nullable String> source;

    /** Reads keys from there; null where a key is not set. */
    public Settings(UnaryOperator<@Nullable String> source) {
        this.source = source;
    }

    /** The settings of this process. */
    public static Settings ofProcess() {
        return new Settings(Settings::property);
    }

    private static @Nullable String property(@Nullable String key) {
        String name = String.valueOf(key);
        String value = System.getProperty(name);
        return value != null
                ? value
                : System.getenv(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"));
    }

    /** {@code leasehold.datasource}: the JNDI name of the data source. */
    public String dataSource() {
        return text("leasehold.datasource", "java:app/jdbc/Leasehold");
    }

    /** {@code leasehold.database-url}: of the default data source; an H2 file in the data folder when not set. */
    public String databaseUrl() {
        return text("leasehold.database-url", "jdbc:h2:file:" + dataFolder().resolve("leasehold") + ";WRITE_DELAY=0");
    }

    /** {@code leasehold.database-user}. */
    public String databaseUser() {
        return text("leasehold.database-user", "sa");
    }

    /** {@code leasehold.database-password}. */
    public String databasePassword() {
        return text("leasehold.database-password", "");
    }

    /** {@code leasehold.data-folder}: where the H2 file stands; a folder of the server's own when not set. */
    public Path dataFolder() {
        String server = SERVER_DATA.stream()
                .map(System::getProperty)
                .filter(folder -> folder != null && !folder.isBlank())
                .findFirst()
                .orElse(".");
        return Path.of(text(
                        "leasehold.data-folder", Path.of(server, "leasehold").toString()))
                .toAbsolutePath();
    }

    /** {@code leasehold.node}: this node's name in leases and events, 1 to 128 characters. */
    public String node() {
        String name = text("leasehold.node", text("jboss.node.name", "node"));
        if (!name.matches("[A-Za-z0-9._:-]{1,128}")) {
            throw new InvalidSetting("leasehold.node", name, "1 to 128 of letters, digits and . _ : -");
        }
        return name;
    }

    /** {@code leasehold.worker-threads}: how many handlers run at once here, 0 to 1000. */
    public int workerThreads() {
        return number("leasehold.worker-threads", 8, 0, 1000);
    }

    /** {@code leasehold.queues}: the threads of queues that have their own. */
    public Map<String, Integer> queueThreads() {
        return Map.of();
    }

    /** {@code leasehold.default-max-attempts}: for tasks that name none, 1 to 1000. */
    public int defaultMaxAttempts() {
        return number("leasehold.default-max-attempts", 5, 1, 1000);
    }

    /** {@code leasehold.lease-secs}: how long this node's own workers hold a run without renewal, 3 to 86400. */
    public Duration lease() {
        return Duration.ofSeconds(number("leasehold.lease-secs", 30, 3, 86_400));
    }

    /** {@code leasehold.heartbeat-secs}: between two signs of life of this node, 1 to 3600. */
    public Duration heartbeatEvery() {
        return Duration.ofSeconds(number("leasehold.heartbeat-secs", 10, 1, 3600));
    }

    /** {@code leasehold.http-lease-secs}: how long a worker over HTTP holds a run that names no length, 3 to 86400. */
    public Duration httpLease() {
        return Duration.ofSeconds(number("leasehold.http-lease-secs", 60, 3, 86_400));
    }

    /** {@code leasehold.timeout-grace-secs}: how long after its deadline an attempt may still report, 0 to 3600. */
    public Duration timeoutGrace() {
        return Duration.ofSeconds(number("leasehold.timeout-grace-secs", 10, 0, 3600));
    }

    /** {@code leasehold.expire-secs}: between two looks for lapsed leases, 1 to 60. */
    public Duration expireEvery() {
        return Duration.ofSeconds(number("leasehold.expire-secs", 1, 1, 60));
    }

    /** {@code leasehold.promote-secs}: between two looks for due runs, 1 to 60. */
    public Duration promoteEvery() {
        return Duration.ofSeconds(number("leasehold.promote-secs", 1, 1, 60));
    }

    /** {@code leasehold.poll-secs}: between two looks for ready runs when nothing rings, 1 to 60. */
    public Duration pollEvery() {
        return Duration.ofSeconds(number("leasehold.poll-secs", 1, 1, 60));
    }

    /** {@code leasehold.duties}: {@code timers}, or {@code manual} when nothing is to move before it is told to. */
    public boolean dutiesByTimer() {
        String value = text("leasehold.duties", "timers");
        if (!value.equals("timers") && !value.equals("manual")) {
            throw new InvalidSetting("leasehold.duties", value, "timers or manual");
        }
        return value.equals("timers");
    }

    /** {@code leasehold.start-wait-secs}: how long a start waits for its database, 0 to 3600. */
    public Duration startWait() {
        return Duration.ofSeconds(number("leasehold.start-wait-secs", 60, 0, 3600));
    }

    /**
     * Reads every setting once.
     *
     * @throws InvalidSetting for the first that is out of bounds
     */
    public void check() {
        node();
        workerThreads();
        defaultMaxAttempts();
        lease();
        promoteEvery();
        pollEvery();
        dutiesByTimer();
        startWait();
    }

    private int number(String key, int usual, int least, int most) {
        String value = text(key, String.valueOf(usual));
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new InvalidSetting(key, value, "a whole number from " + least + " to " + most);
        }
        throw new InvalidSetting(key, value, "a whole number from " + least + " to " + most);
    }

    private String text(String key, String usual) {
        String value = source.apply(key);
        return value == null || value.isBlank() ? usual : value.strip();
    }
}
