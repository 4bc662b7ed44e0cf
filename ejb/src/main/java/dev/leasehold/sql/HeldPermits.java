package dev.leasehold.sql;

import dev.leasehold.sql.ClaimStatement.Holder;
import dev.leasehold.sql.Room.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The permits that a claim holds by and by, as they stand. */
final class HeldPermits {

    private final PermitStatement permits;
    private final Connection connection;
    private final UUID tenant;
    private final Instant now;
    private final Map<Long, PermitRow> stored = new HashMap<>();
    private final Map<Long, PermitRow> rows = new HashMap<>();
    private boolean putBack;

    HeldPermits(PermitStatement permits, Connection connection, Holder holder) {
        this.permits = permits;
        this.connection = connection;
        tenant = holder.tenant();
        now = holder.now();
    }

    /**
     * Holds those of the permits that nobody else does, and takes full rates back whose period is over.
     *
     * @return whether runs that waited for such a rate were put back: they come before whoever asks now
     */
    boolean hold(Collection<Long> needed) throws SQLException {
        List<Long> others = needed.stream().filter(id -> !rows.containsKey(id)).toList();
        boolean some = false;
        for (PermitRow permit : permits.lockFree(connection, tenant, others)) {
            stored.put(permit.id(), permit);
            rows.put(permit.id(), permit);
            if (permit.period() != null && permit.room() == 0) {
                some |= open(permits.refill(connection, tenant, permit, now), 1);
            }
        }
        store();
        return some;
    }

    List<PermitRow> rows() {
        return List.copyOf(rows.values());
    }

    /** What the winners take; it is held. */
    List<Taking> takings(List<Candidate> won, Map<UUID, Place> places) {
        return each(won, places, Place::takes, row -> row.after(1));
    }

    /** The keys that the winners have already: each lease has a number of its own. */
    List<Taking> keepings(List<Candidate> won, Map<UUID, Place> places) {
        return each(won, places, place -> keys(place.keeps()), PermitRow::kept);
    }

    private List<Long> keys(List<Long> permits) {
        return permits.stream()
                .filter(id -> Objects.requireNonNull(rows.get(id)).scope() == PermitScope.KEY)
                .toList();
    }

    private List<Taking> each(
            List<Candidate> won,
            Map<UUID, Place> places,
            Function<Place, List<Long>> which,
            UnaryOperator<PermitRow> change) {
        List<Taking> takings = new ArrayList<>();
        for (Candidate one : won) {
            for (long id : which.apply(Objects.requireNonNull(places.get(one.run())))) {
                PermitRow permit = change.apply(Objects.requireNonNull(rows.get(id)));
                rows.put(id, permit);
                takings.add(new Taking(permit, one.run(), one.fence() + 1, permit.fence()));
            }
        }
        return takings;
    }

    /** A run was parked on it. */
    void awaited(long permit) {
        rows.computeIfPresent(permit, (id, row) -> row.waiting(true));
    }

    /** Puts runs back that wait for what has room after all, at least so many; answers whether there were any. */
    boolean open(int least) throws SQLException {
        boolean some = false;
        for (PermitRow row : rows()) {
            some |= open(row, least);
        }
        store();
        return some;
    }

    private boolean open(PermitRow row, int least) throws SQLException {
        Parking.Unparked unparked = Parking.unpark(connection, tenant, row, least);
        rows.put(row.id(), unparked.permit());
        putBack |= unparked.runs() > 0;
        return unparked.runs() > 0;
    }

    /** Whether runs were put back: they may stand before any floor. */
    boolean putBack() {
        return putBack;
    }

    /** Stores those that have changed. */
    void store() throws SQLException {
        permits.count(
                connection,
                tenant,
                rows.values().stream()
                        .filter(row -> !row.equals(stored.get(row.id())))
                        .toList());
        stored.putAll(rows);
    }

    /** When the first of the full rates has room again for which runs wait. */
    Optional<Instant> refillsAt() throws SQLException {
        Optional<Instant> first = Optional.empty();
        for (PermitRow row : rows()) {
            Optional<Instant> one = permits.refillsAt(connection, tenant, row);
            first = first.isEmpty() || (one.isPresent() && one.get().isBefore(first.get())) ? one : first;
        }
        return first;
    }
}
