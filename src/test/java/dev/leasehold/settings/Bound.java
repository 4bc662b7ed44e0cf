package dev.leasehold.settings;

import java.util.Map;
import java.util.function.Function;

/** Every number, its default and its bounds. */
enum Bound {
    WORKER_THREADS("leasehold.worker-threads", 8, 0, 1000, Settings::workerThreads),
    LEASE("leasehold.lease-secs", 30, 3, 86_400, settings -> settings.lease().toSeconds()),
    HTTP_LEASE(
            "leasehold.http-lease-secs",
            60,
            3,
            86_400,
            settings -> settings.httpLease().toSeconds()),
    TIMEOUT_GRACE(
            "leasehold.timeout-grace-secs",
            10,
            0,
            3600,
            settings -> settings.timeoutGrace().toSeconds()),
    TRANSACTION(
            "leasehold.transaction-secs",
            60,
            1,
            3600,
            settings -> settings.longestTransaction().toSeconds()),
    DRAIN("leasehold.drain-secs", 20, 0, 3600, settings -> settings.drain().toSeconds()),
    HEARTBEAT(
            "leasehold.heartbeat-secs",
            10,
            1,
            3600,
            settings -> settings.heartbeatEvery().toSeconds()),
    EXPIRE("leasehold.expire-secs", 1, 1, 60, settings -> settings.expireEvery().toSeconds()),
    PROMOTE(
            "leasehold.promote-secs",
            1,
            1,
            60,
            settings -> settings.promoteEvery().toSeconds()),
    POLL("leasehold.poll-secs", 1, 1, 60, settings -> settings.pollEvery().toSeconds()),
    START_WAIT(
            "leasehold.start-wait-secs",
            60,
            0,
            3600,
            settings -> settings.startWait().toSeconds()),
    MAX_ATTEMPTS("leasehold.default-max-attempts", 5, 1, 1000, Settings::defaultMaxAttempts),
    BACKOFF_DELAY(
            "leasehold.default-backoff-delay-secs",
            5,
            0,
            2_592_000,
            settings -> settings.defaultBackoff().delay().toSeconds()),
    BACKOFF_MAX_DELAY(
            "leasehold.default-backoff-max-delay-secs",
            3600,
            0,
            2_592_000,
            settings -> settings.defaultBackoff().maxDelay().toSeconds()),
    WAITING_POLLS("leasehold.max-waiting-polls", 1000, 0, 10_000, Settings::maxWaitingPolls),
    SLOW_READER(
            "leasehold.slow-reader-secs",
            5,
            1,
            3600,
            settings -> settings.slowReader().toSeconds()),
    RETENTION("leasehold.retention-days", 30, 0, 36_500, Settings::retentionDays),
    PAYLOAD("leasehold.max-payload-bytes", 1_048_576, 1, 16_777_216, Settings::maxPayloadBytes),
    REQUEST("leasehold.max-request-bytes", 16_777_216, 1024, 67_108_864, Settings::maxRequestBytes);

    /** What another key must be, so that this one can be anything within its own bounds. */
    private static final Map<String, String> ROOM =
            Map.of("leasehold.lease-secs", "86400", "leasehold.default-backoff-delay-secs", "0");

    final String key;
    final long usual;
    final long least;
    final long most;

    @SuppressWarnings("ImmutableEnumChecker") // method references
    private final Function<Settings, Number> value;

    Bound(String key, long usual, long least, long most, Function<Settings, Number> value) {
        this.key = key;
        this.usual = usual;
        this.least = least;
        this.most = most;
        this.value = value;
    }

    long in(Settings settings) {
        return value.apply(settings).longValue();
    }

    /** Settings with that value, and with room around it. */
    Settings settings(Object text) {
        return new Settings(asked -> key.equals(asked) ? String.valueOf(text) : ROOM.get(asked));
    }
}
