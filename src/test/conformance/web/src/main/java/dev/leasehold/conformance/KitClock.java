package dev.leasehold.conformance;

import dev.leasehold.time.DatabaseClock;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/** The node's one clock, which under the kit stands where it was set last, also after a kill. */
@ApplicationScoped
public class KitClock {

    static final Instant START = Instant.ofEpochSecond(1000);

    private static final String KEY = "clock";

    @Inject
    @Leasehold
    DatabaseClock clock;

    @Inject
    Remembered remembered;

    void restore() {
        String last = remembered.read().getProperty(KEY);
        clock.standAt(last == null ? START : Json.instant(new BigDecimal(last)));
    }

    void set(Instant now) {
        remembered.add(Map.of(KEY, Json.seconds(now).toPlainString()));
        clock.standAt(now);
    }

    Instant now() {
        return clock.instant();
    }
}
