package dev.leasehold.schedule;

import dev.leasehold.api.Cron;
import dev.leasehold.api.Cron.Misfire;
import dev.leasehold.api.Cron.Overlap;
import dev.leasehold.schedule.Item.Fate;
import dev.leasehold.sql.LiveFiring;
import dev.leasehold.sql.ScheduleRow.Cursor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What becomes of a cron task's instants at one moment (decisions 6): decided here, done elsewhere. */
final class Plan {

    /** How many runs stand derived that have not ended; instants that have come do not wait for that. */
    static final int WINDOW = 5;

    /** How many runs one pass derives at most. */
    static final int MOST_AT_ONCE = 1000;

    static final Duration MISFIRE_AFTER = Duration.ofSeconds(60);

    static final String MISFIRE = "misfire";

    /**
     * How things stand.
     *
     * @param now the moment
     * @param waiting derived runs that are Scheduled, by instant
     * @param going how many derived runs are beyond that and have not ended
     * @param cursor how far instants were counted
     * @param decides whether what has come may run now
     */
    record Stand(Instant now, List<LiveFiring> waiting, int going, Cursor cursor, boolean decides) {}

    private final Instant now;
    private final Misfire misfire;
    private final Overlaps overlaps;
    private final Instant missedBefore;
    private final long most;
    private final Recurrence recurrence;

    private final List<Item> items = new ArrayList<>();
    private @Nullable Item standing;
    private @Nullable Integer left;
    private @Nullable Instant next;
    private long instants;
    private final boolean decides;
    private boolean stalled;

    /** Decides. */
    Plan(Cron cron, Stand stand) {
        recurrence = Recurrence.of(cron);
        now = stand.now();
        misfire = Objects.requireNonNullElse(cron.misfire(), Misfire.ONCE);
        overlaps = new Overlaps(Objects.requireNonNullElse(cron.overlap(), Overlap.ALLOW), stand.going());
        missedBefore = now.minus(Objects.requireNonNullElse(cron.misfireAfter(), MISFIRE_AFTER));
        most = cron.maxOccurrences() == null ? Long.MAX_VALUE : cron.maxOccurrences();
        left = stand.cursor().catchUp();
        next = stand.cursor().next();
        instants = stand.cursor().instants();
        decides = stand.decides();
        stand.waiting().forEach(one -> items.add(new Item(one.at(), one)));
        if (decides) {
            List.copyOf(items).stream().filter(item -> !item.at.isAfter(now)).forEach(this::decide);
            comeTo();
        }
        fill();
    }

    /** The instants that something is to be done about, those that only go on waiting included. */
    List<Item> items() {
        return items;
    }

    /** Whether the runs that were under way before are to be canceled. */
    boolean cancelsGoing() {
        return overlaps.cancelsGoing();
    }

    /** How far instants are counted now. */
    Cursor cursor() {
        return new Cursor(instants, next, wake(), stalled || !decides ? left : null);
    }

    /** A schedule that waits for room is woken by the end of a run. */
    private @Nullable Instant wake() {
        return items.stream()
                .filter(item -> item.fate == Fate.LATER)
                .map(item -> item.at)
                .findFirst()
                .orElse(stalled ? null : next);
    }

    private void comeTo() {
        for (int derived = 0; next != null && !next.isAfter(now) && derived < MOST_AT_ONCE && !stalled; ) {
            Item item = new Item(next, null);
            stalled = waitsForRoom(item);
            if (!stalled) {
                decide(item);
                advance(item.at);
                if (item.fate == Fate.DROP) {
                    passOver(isMissed(item) ? missedBefore : now.plusNanos(1));
                } else {
                    items.add(item);
                    derived++;
                }
            }
        }
    }

    /** An instant that is dropped changes nothing, so that those of its kind that follow it are dropped, too. */
    private void passOver(Instant end) {
        if (next != null && next.isBefore(end)) {
            long dropped = Math.min(most - instants, recurrence.count(next, end));
            if (misfire.merged() && standing != null) {
                standing.missed = Objects.requireNonNullElse(standing.missed, 1L) + dropped;
            }
            instants += dropped;
            next = instants < most ? recurrence.from(end).orElse(null) : null;
        }
    }

    /** Only what was missed waits: it is late already. */
    private boolean waitsForRoom(Item item) {
        return isMissed(item) && !misfire.merged() && overlaps.allowed() && !isUsedUp() && live() >= WINDOW;
    }

    private boolean isMissed(Item item) {
        return !item.isBuffered() && item.at.isBefore(missedBefore);
    }

    private @Nullable Integer budget() {
        return left == null ? misfire.most() : left;
    }

    private boolean isUsedUp() {
        Integer budget = budget();
        return budget != null && budget == 0;
    }

    private void advance(Instant from) {
        instants++;
        next = instants < most ? recurrence.after(from).orElse(null) : null;
    }

    private void fill() {
        while (next != null && !stalled && live() < WINDOW) {
            Instant at = next;
            items.add(new Item(at, null));
            advance(at);
        }
    }

    private long live() {
        return overlaps.going()
                + items.stream()
                        .filter(item -> item.fate == Fate.LATER || item.fate == Fate.WAIT)
                        .count();
    }

    private void decide(Item item) {
        if (!isMissed(item)) {
            left = item.isBuffered() ? left : null;
            standing = null;
            overlaps.decide(item, items);
        } else if (misfire.merged() && standing != null) {
            standing.missed = Objects.requireNonNullElse(standing.missed, 1L) + 1;
            item.drop(MISFIRE);
        } else if (isUsedUp()) {
            item.drop(MISFIRE);
        } else {
            take(item);
        }
    }

    /** Has a missed instant run, unless another run is in its way. */
    private void take(Item item) {
        Integer budget = budget();
        left = budget == null ? null : budget - 1;
        if (misfire.merged()) {
            standing = item;
            item.missed = 1L;
        }
        overlaps.decide(item, items);
    }
}
