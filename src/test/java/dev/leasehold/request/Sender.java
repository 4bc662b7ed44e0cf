package dev.leasehold.request;

import dev.leasehold.api.Cancellation;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.settings.Settings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The handler with settings of the test's choice, and a clock that stands still. */
final class Sender {

    static final Instant NOW = Instant.parse("1994-11-06T08:48:37Z");
    static final UUID RUN = new UUID(1, 2);
    static final UUID ATTEMPT = new UUID(3, 4);

    final Map<String, String> settings = new HashMap<>();
    private final Exchange exchange =
            new Exchange(new Settings(settings::get), Clock.fixed(NOW, ZoneOffset.UTC), new Transport());
    private Instant deadline;
    private Cancellation cancellation = Cancellation.NEVER;

    /** Allows these hosts. */
    Sender(String hosts) {
        settings.put("leasehold.http-hosts", hosts);
    }

    void deadline(Instant value) {
        deadline = value;
    }

    void cancellation(Cancellation value) {
        cancellation = value;
    }

    /** Runs an attempt; apostrophes stand for quotes. */
    Outcome send(String payload) {
        try {
            return exchange.run(
                    Payload.json(payload.replace('\'', '"')), new Asked(RUN, ATTEMPT, deadline, cancellation));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
