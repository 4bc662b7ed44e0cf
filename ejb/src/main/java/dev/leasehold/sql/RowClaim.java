package dev.leasehold.sql;

import dev.leasehold.sql.ClaimStatement.Claim;
import dev.leasehold.sql.ClaimStatement.Holder;
import dev.leasehold.sql.Parking.Parked;
import dev.leasehold.sql.Room.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
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

    private static final Sql CLAIM = Sql.of("common", "claim_run");
    private static final Sql CLAIM_AND_START = Sql.of("common", "claim_and_start_run");
    private static final Sql LEASE = Sql.of("common", "lease");
    private static final PerDatabase CLAIMED = PerDatabase.of("claimed");

    /** Why a pass did not lease all that it read, so that it is worth to look again, and how far. */
    private enum Left {
        /** It did, or nothing more is wanted. */
        NONE,
        /** Other transactions hold permits that some need: not for long. */
        SOME_BUSY,
        /** Some were put aside, or back: there may be others behind them. */
        SOME_PARKED,
        /** Some were put back before anybody was looked at. */
        SOME_FIRST
    }

    /** What one claim is about. */
    private record Call(Connection connection, Holder holder, Claim claim, Basket basket, HeldPermits held) {}

    /** One pass over candidates: who may be leased, who is parked, and who has to come again. */
    private record Pass(List<Candidate> admitted, List<Parked> parked, Map<UUID, Place> places, Left left) {}

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
        Call call = new Call(connection, holder, claim, basket, new HeldPermits(permits, connection, holder));
        Left left = Left.SOME_PARKED;
        int limit = claim.max();
        for (int pass = 0; pass < ClaimStatement.MOST_PASSES && left != Left.NONE && !basket.full(); pass++) {
            left = look(call, limit);
            limit = left == Left.SOME_FIRST ? limit : Widening.WIDE;
        }
        List<Claimed> all = new ArrayList<>(before);
        all.addAll(claimed(connection, holder, basket.won()));
        return granted(call, all, basket.full() ? Left.NONE : left);
    }

    private Left look(Call call, int limit) throws SQLException {
        Claim from = call.held().putBack() ? call.claim().fromFront() : call.claim();
        List<Candidate> best = candidates.best(call.connection(), call.holder(), from, limit);
        Left left = best.isEmpty() ? Left.NONE : pass(call, best);
        boolean last =
                left != Left.SOME_FIRST && best.size() < limit && !call.basket().full();
        return last && call.held().open(limit == Widening.WIDE ? limit : 1) ? Left.SOME_PARKED : left;
    }

    private static ClaimStatement.Granted granted(Call call, List<Claimed> all, Left left) throws SQLException {
        Instant again = left == Left.SOME_BUSY
                ? call.holder().shortly()
                : call.held().refillsAt().orElse(null);
        boolean more = left == Left.SOME_PARKED
                || left == Left.SOME_FIRST
                || call.held().putBack();
        return new ClaimStatement.Granted(all, List.of(), more, again);
    }

    private Left pass(Call call, List<Candidate> best) throws SQLException {
        UUID tenant = call.holder().tenant();
        HeldPermits held = call.held();
        List<Long> needed = best.stream()
                .flatMap(one -> one.needs().permits().stream())
                .distinct()
                .sorted()
                .toList();
        if (held.hold(needed)) {
            return Left.SOME_FIRST;
        }
        Pass pass = sort(best, new Room(held.rows(), kept(call.connection(), tenant, best)), call.basket());
        List<Candidate> won = win(call, pass.admitted());
        Parking.park(call.connection(), pass.parked()).forEach(held::awaited);
        permits.take(call.connection(), tenant, call.holder().now(), held.takings(won, pass.places()));
        permits.keep(call.connection(), tenant, held.keepings(won, pass.places()));
        held.store();
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
                pass.places().put(one.run(), place);
            } else if (place.parkedOn() != null) {
                pass.parked().add(new Parked(one.tip(), place.parkedOn()));
            }
        }
        Left left = busy ? Left.SOME_BUSY : Left.NONE;
        return new Pass(
                pass.admitted(), pass.parked(), pass.places(), pass.parked().isEmpty() ? left : Left.SOME_PARKED);
    }

    /** Rows are changed in run id order, as every command locks them. */
    private List<Candidate> win(Call call, List<Candidate> admitted) throws SQLException {
        if (admitted.isEmpty()) {
            return List.of();
        }
        Connection connection = call.connection();
        Holder holder = call.holder();
        long ticket = tickets.current(connection);
        List<Candidate> ordered =
                admitted.stream().sorted(Comparator.comparing(Candidate::run)).toList();
        List<Values> rows = ordered.stream()
                .map(one -> one.tip().next(ticket, holder.now()))
                .toList();
        int[] counts = (call.claim().starts() ? CLAIM_AND_START : CLAIM).batch(connection, rows);
        List<Candidate> won =
                Winners.of(ordered, counts).stream().sorted(Candidate.BEST).toList();
        Map<UUID, UUID> attempts = call.basket().win(admitted, won);
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

    private static List<Claimed> claimed(Connection connection, Holder holder, List<Candidate> won)
            throws SQLException {
        Map<UUID, Claimed> found = new HashMap<>();
        Values values = new Values().set("tenant", holder.tenant()).column("run_ids", "uuid", won, Candidate::run);
        CLAIMED.on(connection).query(connection, values, Claimed::read).forEach(one -> found.put(one.runId(), one));
        return won.stream()
                .map(one -> Objects.requireNonNull(found.get(one.run()))
                        .ready(one.tip().lastEventAt()))
                .toList();
    }
}
