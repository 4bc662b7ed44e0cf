package dev.leasehold.timer;

import dev.leasehold.retention.RemoveRuns;
import dev.leasehold.retention.RemoveRuns.Place;
import dev.leasehold.retention.RemoveRuns.Removed;
import dev.leasehold.retention.RemoveRuns.Stretch;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Removes runs that ended longer ago than {@code leasehold.retention-days}, up to 1,000 in a transaction and 5,000 in a pass.
 * Each pass goes on where the last one was, so that runs that stay are not looked at again before all others.
 */
@ApplicationScoped
public class Retention {

    static final int STEP = 1_000;
    static final int MOST = 5 * STEP;
    private static final int MOST_LOOKS = 50;
    private static final int SMALLER = 8;

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Settings settings;

    @Inject
    Repeats repeats;

    @Inject
    QueueSession session;

    @Inject
    RemoveRuns remove;

    private Place place = Place.START;
    private int size = STEP;

    /** Goes on until a pass has done enough, or all was gone through; answers how many runs were removed. */
    synchronized int pass() {
        Optional<Instant> before = settings.retentionDays() == 0
                ? Optional.empty()
                : Optional.of(clock.instant()
                        .atOffset(ZoneOffset.UTC)
                        .minus(Period.ofDays(settings.retentionDays()))
                        .toInstant());
        return before.map(this::pass).orElse(0);
    }

    private int pass(Instant before) {
        int removed = 0;
        boolean more = true;
        for (int looks = 0; more && looks < MOST_LOOKS && removed < MOST; looks++) {
            Removed step = step(new Stretch(place, before, size));
            removed += step.runs();
            more = step.next() != null;
            place = step.next() == null ? Place.START : step.next();
        }
        return removed;
    }

    /** What fails is tried with fewer at the next pass. */
    private Removed step(Stretch stretch) {
        int tried = size;
        size = Math.max(1, tried / SMALLER);
        Removed removed = repeats.call(() -> {
                    session.planForRanges();
                    return remove.execute(Caller.system(settings.node()), List.of(stretch));
                })
                .get(0);
        size = Math.min(STEP, tried * 2);
        return removed;
    }
}
