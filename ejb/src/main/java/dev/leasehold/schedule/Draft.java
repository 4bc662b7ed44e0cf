package dev.leasehold.schedule;

import dev.leasehold.run.Cancellation;
import dev.leasehold.run.RunState;
import dev.leasehold.schedule.Item.Fate;
import dev.leasehold.sql.Change;
import dev.leasehold.sql.FiringStatement.Derived;
import dev.leasehold.sql.FiringStatement.Firing;
import dev.leasehold.sql.LiveFiring;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.ScheduleRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is to be stored of plans. */
final class Draft {

    private final Map<UUID, LockedRun> held;
    private final Supplier<UUID> ids;

    final List<Change> changes = new ArrayList<>();
    final List<Firing> kept = new ArrayList<>();
    final List<Firing> dropped = new ArrayList<>();
    final List<LiveFiring> ended = new ArrayList<>();
    final Map<UUID, Derived> derived = new HashMap<>();
    final List<Firing> fresh = new ArrayList<>();
    final Map<UUID, ScheduleRow.Cursor> cursors = new HashMap<>();

    /**
     * Nothing yet.
     *
     * @param held the runs that may be changed
     * @param ids for runs that come into being
     */
    Draft(Map<UUID, LockedRun> held, Supplier<UUID> ids) {
        this.held = held;
        this.ids = ids;
    }

    /** Whether something can be claimed that could not be before. */
    boolean makesReady() {
        return derived.values().stream().anyMatch(Derived::ready)
                || changes.stream().anyMatch(change -> change.state().equals(RunState.READY.word()));
    }

    /** The plan's items. */
    void add(ScheduleRow row, List<Item> items) {
        for (Item item : items) {
            if (item.derived != null) {
                change(row, item, item.derived);
            } else if (item.fate != Fate.DROP) {
                derive(row, item);
            }
        }
    }

    /** A run that becomes ready by itself. */
    void add(ScheduleRow row, Instant at) {
        UUID run = ids.get();
        fresh.add(new Firing(row.task(), at, run, false, null));
        derived.put(run, new Derived(run, row.task(), row.place(), at, at, false, null));
    }

    /** Calls a run off that is under way. */
    void cancel(LiveFiring going) {
        changes.add(Cancellation.of(locked(going), Overlaps.REASON));
    }

    private void derive(ScheduleRow row, Item item) {
        UUID run = ids.get();
        boolean ready = item.fate == Fate.RUN;
        fresh.add(new Firing(row.task(), item.at, run, item.fate == Fate.WAIT, item.missed));
        derived.put(run, new Derived(run, row.task(), row.place(), item.at, null, ready, reason(item)));
    }

    private void change(ScheduleRow row, Item item, LiveFiring live) {
        Firing firing = new Firing(row.task(), item.at, live.run(), item.fate == Fate.WAIT, item.missed);
        switch (item.fate) {
            case RUN -> {
                kept.add(firing);
                changes.add(Change.to(locked(live), "run.promoted", RunState.READY.word(), reason(item))
                        .priority(row.place().priority()));
            }
            case DROP -> {
                dropped.add(firing);
                changes.add(Cancellation.of(locked(live), item.reason));
            }
            case WAIT -> kept.add(firing);
            case LATER -> {
                // it goes on as it is
            }
        }
    }

    private LockedRun locked(LiveFiring live) {
        return Objects.requireNonNull(held.get(live.run()));
    }

    private static @Nullable String reason(Item item) {
        return item.missed == null ? null : "missed: " + item.missed;
    }
}
