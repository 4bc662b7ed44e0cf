package dev.leasehold.schedule;

import dev.leasehold.sql.LiveFiring;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One instant of a plan, with its run where that was derived before. */
final class Item {

    /** What becomes of an instant. */
    enum Fate {
        /** Its time has not come. */
        LATER,
        /** It runs. */
        RUN,
        /** It waits for an earlier run to end. */
        WAIT,
        /** It does not run. */
        DROP
    }

    final Instant at;
    final @Nullable LiveFiring derived;
    Fate fate = Fate.LATER;

    @Nullable
    String reason;

    @Nullable
    Long missed;

    Item(Instant at, @Nullable LiveFiring derived) {
        this.at = at;
        this.derived = derived;
        this.missed = derived == null ? null : derived.missed();
    }

    boolean isBuffered() {
        return derived != null && derived.buffered();
    }

    void drop(String why) {
        fate = Fate.DROP;
        reason = why;
    }
}
