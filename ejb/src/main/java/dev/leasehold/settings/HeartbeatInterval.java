package dev.leasehold.settings;

import java.time.Duration;

/** Between two signs of life: at most a third of the lease that they keep. */
final class HeartbeatInterval {

    private static final String KEY = "leasehold.heartbeat-secs";
    private static final int DEFAULT = 10;
    private static final int MOST = 3600;

    private HeartbeatInterval() {}

    static Duration of(Values values, Duration lease) {
        int third = (int) (lease.toSeconds() / 3);
        int seconds = values.number(KEY, Math.min(DEFAULT, third), 1, MOST);
        if (seconds > third) {
            throw new InvalidSetting(
                    KEY,
                    String.valueOf(seconds),
                    "a whole number from 1 to " + MOST + ", and at most a third of leasehold.lease-secs, which is "
                            + lease.toSeconds());
        }
        return Duration.ofSeconds(seconds);
    }
}
