package dev.leasehold.sql;

import dev.leasehold.time.MachineClock;
import dev.leasehold.time.Pace;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * Where this node's claims begin in each lane: at the last run they took, so that a claim does not crawl over the dead
 * rows of those taken before, which PostgreSQL keeps as long as somebody looks at an old snapshot. A commit of this node
 * that makes a run ready lowers the floor of its lane; what other nodes put before it is found when they tell,
 * or within a second, when the floor is given up (architecture 4b). Where the look at the front takes long because of those
 * rows, it is done as often as it is worth its time.
 */
@ApplicationScoped
public class Floors {

    /** How long a lane's claims may begin at its floor before they look at the front again. */
    static final Duration LASTS = Duration.ofSeconds(1);

    private static final int SLOWLY = 8;
    private static final BinaryOperator<LanePlace> BEST = BinaryOperator.minBy(LanePlace.ORDER);
    private static final BinaryOperator<LanePlace> LAST = BinaryOperator.maxBy(LanePlace.ORDER);

    /** A floor, when the lane's front was read last, how long that has to do, and whether something may stand before it. */
    private record Floor(LanePlace place, Instant since, Duration least, boolean doubted) {

        Floor at(LanePlace place) {
            return new Floor(place, since, least, doubted);
        }

        Floor doubt() {
            return new Floor(place, since, least, true);
        }

        boolean isOver(Instant now) {
            return doubted
                    ? !since.plus(least).isAfter(now)
                    : since.plus(least.compareTo(LASTS) > 0 ? least : LASTS).isBefore(now);
        }
    }

    private final Map<Long, Floor> floors = new HashMap<>();
    private final Set<Look> looks = new HashSet<>();
    private final Clock clock;
    /** What a claim takes that begins at floors: as little as it took, and more as it takes more. */
    private Duration usual = Duration.ZERO;

    /** By the machine's own steady clock. */
    public Floors() {
        this(new MachineClock());
    }

    Floors(Clock clock) {
        this.clock = clock;
    }

    /** Begins a claim; whose end must be told when its transaction has ended. */
    public synchronized Look look() {
        Instant now = clock.instant();
        floors.values().removeIf(floor -> floor.isOver(now));
        Look look = new Look(Map.copyOf(floors), now);
        looks.add(look);
        return look;
    }

    /** These runs are ready now. */
    public synchronized void lower(Collection<LanePlace> places) {
        for (LanePlace place : places) {
            floors.computeIfPresent(place.lane(), (lane, floor) -> floor.at(BEST.apply(floor.place(), place)));
            looks.forEach(look -> look.lowered.merge(place.lane(), place, BEST));
        }
    }

    /** Any run may be ready now: every lane is read from its front. */
    public synchronized void forget() {
        floors.clear();
        looks.clear();
    }

    /** Others say that runs are ready: every lane is read from its front, where that has to do for a while yet then. */
    public synchronized void doubt() {
        Instant now = clock.instant();
        floors.replaceAll((lane, floor) -> floor.doubt());
        floors.values().removeIf(floor -> floor.isOver(now));
        looks.forEach(look -> look.doubted = true);
    }

    /** One claim. What it took raises the floor when it has committed, but not above what came in meanwhile. */
    public final class Look {

        private final Map<Long, Floor> began;
        private final Instant at;
        private final Map<Long, LanePlace> lowered = new HashMap<>();
        private List<LanePlace> taken = List.of();
        private Duration least = Duration.ZERO;
        private boolean doubted;

        private Look(Map<Long, Floor> began, Instant at) {
            this.began = began;
            this.at = at;
        }

        /** Where the claim begins; a lane without a place is read from its front. */
        public List<LanePlace> places() {
            return began.values().stream().map(Floor::place).toList();
        }

        /**
         * What the claim took: nothing before the last of them was passed by in its lane.
         *
         * @param worn whether a look from the front passes over many rows that are gone
         */
        public void took(List<LanePlace> places, boolean worn) {
            taken = places;
            Duration elapsed = Duration.between(at, clock.instant());
            synchronized (Floors.this) {
                Duration more = elapsed.minus(usual);
                least = worn && !more.isNegative() ? elapsed.plus(Pace.after(more)) : Duration.ZERO;
                if (!places.isEmpty() && places.stream().allMatch(place -> began.containsKey(place.lane()))) {
                    usual = more.isNegative() ? elapsed : usual.plus(more.dividedBy(SLOWLY));
                }
            }
        }

        /** The claim has ended. Unless it is known to be committed, what it took may be there again. */
        public void end(boolean committed) {
            synchronized (Floors.this) {
                boolean valid = looks.remove(this);
                if (!committed) {
                    forget();
                } else if (valid) {
                    raise();
                }
            }
        }

        private void raise() {
            Map<Long, LanePlace> last = new HashMap<>();
            taken.forEach(place -> last.merge(place.lane(), place, LAST));
            last.forEach((lane, place) -> {
                LanePlace to = BEST.apply(place, lowered.getOrDefault(lane, place));
                Floor from = began.get(lane);
                if (from == null) {
                    read(lane, new Floor(to, at, least, doubted));
                } else {
                    floors.computeIfPresent(
                            lane, (same, floor) -> floor.since().equals(from.since()) ? floor.at(to) : floor);
                }
            });
        }

        /** Somebody else who read the front later knows more of it. */
        private void read(long lane, Floor fresh) {
            if (!fresh.isOver(clock.instant())) {
                floors.merge(lane, fresh, (old, one) -> old.since().isAfter(one.since()) ? old : one);
            }
        }
    }
}
