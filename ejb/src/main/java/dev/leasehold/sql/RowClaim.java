package dev.leasehold.sql;

import dev.leasehold.sql.ClaimStatement.Claim;
import dev.leasehold.sql.ClaimStatement.Holder;
import dev.leasehold.sql.Parking.Parked;
import dev.leasehold.sql.Room.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Claims run by run, and so where permits are needed: reads candidates best first, gives them what room there is, parks
 * those whose permit is full, and takes those that are still as they were read.
 */
public final class RowClaim {

    private static final int WIDE = 1000;
    private static final int MOST_PASSES = 3;
    private static final Sql CLAIM = Sql.of("common", "claim_run");
    private static final Sql CLAIM_AND_START = Sql.of("common", "claim_and_start_run");
    private static final Sql LEASE = Sql.of("common", "lease");
    private static final Sql CLAIMED = Sql.of("common", "claimed");

    /** Why a pass did not lease all that it read, so that it is worth to look at those behind. */
    private enum Left {
        /** It did, or nothing more is wanted. */
        NONE,
        /** Other transactions hold permits that some need; whoever gives one back rings. */
        SOME_BUSY,
        /** Some were put aside. */
        SOME_PARKED
    }

    /** One pass over candidates: who may be leased, who is parked, and who has to come again. */
    private record Pass(List<Candidate> admitted, List<Parked> parked, Map<UUID, List<Long>> takes, Left left) {}

    private final Tickets tickets;
    private final Candidates candidates;
    private final PermitStatement permits = new PermitStatement();

    /** A claim that takes its positions and its candidates from there. */
    public RowClaim(Tickets tickets, Candidates candidates) {
        this.tickets = tickets;
        this.candidates = candidates;
    }

    /**
     * Claims.
     *
     * @param before what the same claim got already, by another way
     */
    public ClaimStatement.Granted claim(Connection connection, Holder holder, Claim claim, List<Claimed> before)
            throws SQLException {
        Basket basket = new Basket(claim, before);
        Left left = Left.SOME_PARKED;
        int limit = claim.max();
        for (int pass = 0; pass < MOST_PASSES && left != Left.NONE && !basket.full(); pass++) {
            List<Candidate> best = candidates.best(connection, holder, claim, limit);
            left = best.isEmpty() ? Left.NONE : pass(connection, holder, claim, best, basket);
            limit = WIDE;
        }
        List<Claimed> all = new ArrayList<>(before);
        all.addAll(claimed(connection, holder, basket.won()));
        return new ClaimStatement.Granted(
                all, List.of(), left == Left.SOME_PARKED && !basket.full(), basket.refillAt());
    }

    private Left pass(Connection connection, Holder holder, Claim claim, List<Candidate> best, Basket basket)
            throws SQLException {
        UUID tenant = holder.tenant();
        List<Long> needed = best.stream()
                .flatMap(one -> one.needs().permits().stream())
                .distinct()
                .sorted()
                .toList();
        List<PermitRow> found = permits.lockFree(connection, tenant, needed);
        Map<Long, PermitRow> locked = new HashMap<>();
        for (PermitRow permit : found) {
            boolean dry = permit.period() != null && permit.room() == 0;
            locked.put(permit.id(), dry ? permits.refill(connection, tenant, permit, holder.now()) : permit);
        }
        Pass pass = sort(best, new Room(List.copyOf(locked.values()), kept(connection, tenant, best)), basket);
        List<Candidate> won = win(connection, holder, claim, pass.admitted(), basket);
        for (long waiting : Parking.park(connection, pass.parked())) {
            locked.computeIfPresent(waiting, (id, permit) -> permit.waiting(true));
        }
        permits.take(connection, tenant, holder.now(), takings(won, pass.takes(), locked));
        for (PermitRow permit : locked.values()) {
            permits.refillsAt(connection, tenant, permit).ifPresent(basket::refillsAt);
        }
        permits.count(
                connection,
                tenant,
                locked.values().stream().filter(one -> !found.contains(one)).toList());
        return pass.left();
    }

    private Set<Room.Hold> kept(Connection connection, UUID tenant, List<Candidate> best) throws SQLException {
        List<UUID> holders =
                best.stream().filter(Candidate::holds).map(Candidate::run).toList();
        return permits.heldBy(connection, tenant, holders).stream()
                .map(held -> new Room.Hold(held.run(), held.permit()))
                .collect(Collectors.toSet());
    }

    private static Pass sort(List<Candidate> best, Room room, Basket basket) {
        Pass pass = new Pass(new ArrayList<>(), new ArrayList<>(), new HashMap<>(), Left.NONE);
        boolean busy = false;
        for (Candidate one : best) {
            if (!basket.fits(one)) {
                return pass;
            }
            Place place = room.admit(one);
            busy |= !place.admitted();
            if (place.admitted()) {
                basket.put(one);
                pass.admitted().add(one);
                pass.takes().put(one.run(), place.takes());
            } else if (place.parkedOn() != null) {
                pass.parked().add(new Parked(one.tip(), place.parkedOn()));
            }
        }
        Left left = busy ? Left.SOME_BUSY : Left.NONE;
        return new Pass(
                pass.admitted(), pass.parked(), pass.takes(), pass.parked().isEmpty() ? left : Left.SOME_PARKED);
    }

    /** Rows are changed in run id order, as every command locks them. */
    private List<Candidate> win(
            Connection connection, Holder holder, Claim claim, List<Candidate> admitted, Basket basket)
            throws SQLException {
        if (admitted.isEmpty()) {
            return List.of();
        }
        long ticket = tickets.current(connection);
        List<Candidate> ordered =
                admitted.stream().sorted(Comparator.comparing(Candidate::run)).toList();
        List<Values> rows = ordered.stream()
                .map(one -> one.tip().next(ticket, holder.now()))
                .toList();
        int[] counts = (claim.starts() ? CLAIM_AND_START : CLAIM).batch(connection, rows);
        List<Candidate> won =
                Winners.of(ordered, counts).stream().sorted(Candidate.BEST).toList();
        Map<UUID, UUID> attempts = basket.win(admitted, won);
        LEASE.batch(
                connection,
                won.stream()
                        .map(one -> one.lease(holder, attempts.get(one.run())))
                        .toList());
        Events.write(
                connection,
                won.stream()
                        .map(one -> one.event(ticket, holder, attempts.get(one.run())))
                        .toList());
        return won;
    }

    private static List<PermitStatement.Taking> takings(
            List<Candidate> won, Map<UUID, List<Long>> takes, Map<Long, PermitRow> locked) {
        List<PermitStatement.Taking> takings = new ArrayList<>();
        for (Candidate one : won) {
            for (long id : takes.getOrDefault(one.run(), List.of())) {
                PermitRow permit = locked.computeIfPresent(id, (same, row) -> row.after(1));
                if (permit != null) {
                    takings.add(new PermitStatement.Taking(permit, one.run(), one.fence() + 1, permit.fence()));
                }
            }
        }
        return takings;
    }

    private static List<Claimed> claimed(Connection connection, Holder holder, List<Candidate> won)
            throws SQLException {
        Map<UUID, Claimed> found = new HashMap<>();
        Values values = new Values().set("tenant", holder.tenant()).column("run_ids", "uuid", won, Candidate::run);
        CLAIMED.query(connection, values, Claimed::read).forEach(one -> found.put(one.runId(), one));
        return won.stream()
                .map(one -> Objects.requireNonNull(found.get(one.run()))
                        .ready(one.tip().lastEventAt()))
                .toList();
    }
}
