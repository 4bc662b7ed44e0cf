package dev.leasehold.sql.h2;

import dev.leasehold.sql.ClaimStatement;
import dev.leasehold.sql.Rows;
import dev.leasehold.sql.Sql;
import dev.leasehold.sql.Tickets;
import dev.leasehold.sql.Values;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the heads of the lanes in index order, then takes those that are still as they were read. */
public final class H2Claim implements ClaimStatement {

    private static final Sql LANES = Sql.of("h2", "lanes_of_types");
    private static final Sql CLAIMABLE = Sql.of("h2", "claimable");
    private static final Sql CLAIM = Sql.of("h2", "claim");
    private static final Sql CLAIM_AND_START = Sql.of("h2", "claim_and_start");
    private static final Sql LEASE = Sql.of("h2", "lease");
    private static final Sql CLAIMED = Sql.of("h2", "claimed");
    private static final Comparator<Candidate> BEST = Comparator.comparingInt(Candidate::priority)
            .reversed()
            .thenComparing(Candidate::scheduledAt)
            .thenComparing(candidate -> candidate.tip().run());

    private record Candidate(
            H2Events.Tip tip,
            int priority,
            Instant scheduledAt,
            long fence,
            int attempts,
            @Nullable UUID attemptId) {

        static Candidate read(ResultSet row, UUID tenant) throws SQLException {
            return new Candidate(
                    H2Events.Tip.read(row, tenant, Rows.uuid(row, "run_id")),
                    row.getInt("priority"),
                    Rows.instant(row, "scheduled_at"),
                    row.getLong("fence"),
                    row.getInt("attempts_started"),
                    null);
        }

        Candidate attempt(UUID id) {
            return new Candidate(tip, priority, scheduledAt, fence, attempts, id);
        }
    }

    private final Tickets tickets;

    /** A statement that takes its positions from there. */
    public H2Claim(Tickets tickets) {
        this.tickets = tickets;
    }

    @Override
    public List<Claimed> claim(Connection connection, Claim claim) throws SQLException {
        List<Candidate> best = candidates(connection, claim);
        if (best.isEmpty()) {
            return List.of();
        }
        long ticket = tickets.current();
        List<Candidate> won = H2Winners.of(
                best,
                (claim.starts() ? CLAIM_AND_START : CLAIM)
                        .batch(
                                connection,
                                best.stream()
                                        .map(one -> one.tip().next(ticket, claim.now()))
                                        .toList()));
        LEASE.batch(connection, won.stream().map(one -> lease(one, claim)).toList());
        H2Events.write(
                connection, won.stream().map(one -> event(one, ticket, claim)).toList());
        List<Claimed> claimed = new ArrayList<>();
        for (Candidate one : won) {
            Values key = new Values()
                    .set("tenant", claim.tenant())
                    .set("run_id", one.tip().run());
            claimed.addAll(CLAIMED.query(connection, key, Claimed::read));
        }
        return claimed;
    }

    private static List<Candidate> candidates(Connection connection, Claim claim) throws SQLException {
        Values values = new Values()
                .set("tenant", claim.tenant())
                .column("types", "varchar", claim.types(), type -> type)
                .set("max", claim.max());
        List<Candidate> heads = new ArrayList<>();
        for (long lane : LANES.query(connection, values, row -> row.getLong(1))) {
            heads.addAll(
                    CLAIMABLE.query(connection, values.set("lane", lane), row -> Candidate.read(row, claim.tenant())));
        }
        List<Candidate> best = heads.stream().sorted(BEST).limit(claim.max()).toList();
        return claim.starts()
                ? IntStream.range(0, best.size())
                        .mapToObj(i -> best.get(i).attempt(claim.attemptIds().get(i)))
                        .toList()
                : best;
    }

    private static Values lease(Candidate one, Claim claim) {
        return new Values()
                .set("tenant", claim.tenant())
                .set("run_id", one.tip().run())
                .set("owner", claim.owner())
                .set("fence", one.fence() + 1)
                .set("now", claim.now())
                .set("expiry", claim.expiry())
                .set("attempt_id", one.attemptId())
                .set("attempt_number", claim.starts() ? one.attempts() + 1 : null)
                .set("started_at", claim.starts() ? claim.now() : null);
    }

    private static Values event(Candidate one, long ticket, Claim claim) {
        return one.tip()
                .event(ticket, claim.now())
                .set("type", claim.starts() ? "run.started" : "run.leased")
                .set("actor", claim.actor())
                .set("transitions", claim.starts() ? "Ready>Leased,Leased>Running" : "Ready>Leased")
                .set("fence", one.fence() + 1)
                .set("attempt_id", one.attemptId())
                .set("attempt_number", claim.starts() ? one.attempts() + 1 : null);
    }
}
