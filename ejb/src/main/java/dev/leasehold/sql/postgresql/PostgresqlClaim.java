package dev.leasehold.sql.postgresql;

import dev.leasehold.sql.Candidate;
import dev.leasehold.sql.ClaimStatement;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.LanePlace;
import dev.leasehold.sql.RowClaim;
import dev.leasehold.sql.Sql;
import dev.leasehold.sql.Tickets;
import dev.leasehold.sql.Values;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Claims past what other workers hold: in one statement up to the first run that needs a permit, and from there on run
 * by run.
 */
public final class PostgresqlClaim implements ClaimStatement {

    private static final Sql CLAIM = Sql.of("postgresql", "claim");
    private static final Sql CLAIM_AND_START = Sql.of("postgresql", "claim_and_start");
    private static final Sql CANDIDATES = Sql.of("postgresql", "candidates");

    private final RowClaim rows;

    /** A statement that takes its positions from there. */
    public PostgresqlClaim(Tickets tickets) {
        rows = new RowClaim(tickets, PostgresqlClaim::candidates);
    }

    @Override
    public Granted claim(Connection connection, Holder holder, Claim claim) throws SQLException {
        Values values = holder.values().with(claim.values());
        List<Claimed> free = new ArrayList<>();
        List<LanePlace> taken = new ArrayList<>();
        AtomicBoolean gated = new AtomicBoolean();
        (claim.starts() ? CLAIM_AND_START : CLAIM).query(connection, values, row -> {
            gated.set(row.getBoolean("gated"));
            return row.getObject("run_id") == null || (free.add(Claimed.read(row)) && taken.add(LanePlace.read(row)));
        });
        return gated.get() ? rows.claim(connection, holder, claim, free) : new Granted(free, taken, false, null);
    }

    private static List<Candidate> candidates(Connection connection, Holder holder, Claim claim, int max)
            throws SQLException {
        Values values = holder.values().with(claim.values()).set("max", max);
        return CANDIDATES.query(connection, values, row -> candidate(row, holder));
    }

    private static Candidate candidate(ResultSet row, Holder holder) throws SQLException {
        return Candidate.read(row, holder.tenant())
                .needing(Candidate.Needs.read(
                        row, Candidate.Needs.number(row, "queue_permit"), Candidate.Needs.number(row, "type_permit")));
    }
}
