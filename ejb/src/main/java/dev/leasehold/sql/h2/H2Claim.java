package dev.leasehold.sql.h2;

import dev.leasehold.sql.ClaimStatement;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Events;
import dev.leasehold.sql.Sql;
import dev.leasehold.sql.Tickets;
import dev.leasehold.sql.Values;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the heads of the lanes in index order, then takes those that are still as they were read. */
public final class H2Claim implements ClaimStatement {

    private static final Sql LANES = Sql.of("h2", "claimable_lanes");
    private static final Sql CLAIMABLE = Sql.of("h2", "claimable");
    private static final Sql LIMITS = Sql.of("h2", "task_limits");
    private static final Sql CLAIM = Sql.of("h2", "claim");
    private static final Sql CLAIM_AND_START = Sql.of("h2", "claim_and_start");
    private static final Sql LEASE = Sql.of("h2", "lease");
    private static final Sql CLAIMED = Sql.of("common", "claimed");

    private final Tickets tickets;

    /** A statement that takes its positions from there. */
    public H2Claim(Tickets tickets) {
        this.tickets = tickets;
    }

    @Override
    public List<Claimed> claim(Connection connection, Holder holder, Claim claim) throws SQLException {
        List<Candidate> best = candidates(connection, holder, claim);
        if (best.isEmpty()) {
            return List.of();
        }
        long ticket = tickets.current(connection);
        List<Candidate> won = win(connection, holder, claim, best, ticket);
        LEASE.batch(connection, won.stream().map(one -> one.lease(holder)).toList());
        Events.write(
                connection, won.stream().map(one -> one.event(ticket, holder)).toList());
        return claimed(connection, holder, won);
    }

    /** Rows are changed in run id order, as every command locks them. */
    private static List<Candidate> win(
            Connection connection, Holder holder, Claim claim, List<Candidate> best, long ticket) throws SQLException {
        List<Candidate> ordered = best.stream()
                .sorted(Comparator.comparing(one -> one.tip().run()))
                .toList();
        int[] counts = (claim.starts() ? CLAIM_AND_START : CLAIM)
                .batch(
                        connection,
                        ordered.stream()
                                .map(one -> one.tip().next(ticket, holder.now()))
                                .toList());
        return H2Winners.of(ordered, counts).stream().sorted(Candidate.BEST).toList();
    }

    private static List<Candidate> candidates(Connection connection, Holder holder, Claim claim) throws SQLException {
        Values values = holder.values().with(claim.values());
        List<Candidate> heads = new ArrayList<>();
        for (long lane : LANES.query(connection, values, row -> row.getLong(1))) {
            heads.addAll(
                    CLAIMABLE.query(connection, values.set("lane", lane), row -> Candidate.read(row, holder.tenant())));
        }
        List<Candidate> best =
                heads.stream().sorted(Candidate.BEST).limit(claim.max()).toList();
        return fitting(connection, holder, claim, best);
    }

    private static List<Candidate> fitting(Connection connection, Holder holder, Claim claim, List<Candidate> best)
            throws SQLException {
        List<Candidate> fitting = new ArrayList<>();
        long bytes = 0;
        for (Candidate one : best) {
            Values key = new Values().set("tenant", holder.tenant()).set("task_id", one.taskId());
            Candidate.Limits limits =
                    LIMITS.query(connection, key, Candidate.Limits::read).get(0);
            bytes += limits.payloadBytes();
            if (!fitting.isEmpty() && bytes > claim.payloadBytes()) {
                break;
            }
            fitting.add(claim.starts() ? one.starting(claim.attemptIds().get(fitting.size()), limits.timeout()) : one);
        }
        return fitting;
    }

    private static List<Claimed> claimed(Connection connection, Holder holder, List<Candidate> won)
            throws SQLException {
        Map<UUID, Claimed> found = new HashMap<>();
        Values values = new Values()
                .set("tenant", holder.tenant())
                .column("run_ids", "uuid", won, one -> one.tip().run());
        CLAIMED.query(connection, values, Claimed::read).forEach(one -> found.put(one.runId(), one));
        return won.stream().map(one -> found.get(one.tip().run())).toList();
    }
}
