package dev.leasehold.sql.postgresql;

import dev.leasehold.sql.Candidate;
import dev.leasehold.sql.ClaimStatement;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.LanePlace;
import dev.leasehold.sql.RowClaim;
import dev.leasehold.sql.Sql;
import dev.leasehold.sql.Tickets;
import dev.leasehold.sql.Values;
import dev.leasehold.sql.Widening;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
        Look look = new Look(claim);
        do {
            (claim.starts() ? CLAIM_AND_START : CLAIM)
                    .query(connection, holder.values().with(look.next().values()), look::read);
        } while (look.goesOn());
        Granted granted = look.gated
                ? rows.claim(connection, holder, claim, look.runs)
                : new Granted(look.runs, look.taken, false, null);
        return look.again(granted, holder.shortly());
    }

    /** What one claim found so far: behind runs that others hold at the moment it looks further. */
    private static final class Look {

        private final Claim claim;
        private final List<Claimed> runs = new ArrayList<>();
        private final List<LanePlace> taken = new ArrayList<>();
        private final Map<Long, LanePlace> ends = new HashMap<>();
        private final Set<Long> passedLanes = new HashSet<>();
        private boolean gated;
        private int passes;
        private int seen;
        private int free;
        private int before;

        Look(Claim claim) {
            this.claim = claim;
            claim.floors().forEach(floor -> ends.put(floor.lane(), floor));
        }

        Claim next() {
            passes++;
            seen = 0;
            free = 0;
            before = runs.size();
            return claim.rest(before, List.copyOf(ends.values()));
        }

        LanePlace read(ResultSet row) throws SQLException {
            LanePlace place = LanePlace.read(row);
            gated = row.getBoolean("gated");
            free = row.getInt("free");
            seen++;
            ends.put(place.lane(), place.behind());
            if (row.getObject("fence") == null) {
                passedLanes.add(place.lane());
            } else {
                runs.add(Claimed.read(row));
                taken(place);
            }
            return place;
        }

        /** Not behind a run that was passed by: the next claim has to look at that first. */
        private void taken(LanePlace place) {
            if (!passedLanes.contains(place.lane())) {
                taken.add(place);
            }
        }

        /** Not where a run was free and did not fit: what comes after it has to wait for it. */
        boolean goesOn() {
            boolean allTaken = runs.size() - before == free;
            boolean room = runs.isEmpty() || claim.payloadBytes() == Long.MAX_VALUE;
            return !gated && room && allTaken && passedSome() && passes < MOST_PASSES;
        }

        private boolean passedSome() {
            return free < seen && runs.size() < claim.max();
        }

        /** Soon, where a run that somebody holds for the moment was passed by, and more are wanted. */
        Granted again(Granted granted, Instant shortly) {
            boolean wanting = granted.againAt() == null && granted.runs().size() < claim.max();
            return wanting && !passedLanes.isEmpty()
                    ? new Granted(granted.runs(), granted.taken(), granted.more(), shortly)
                    : granted;
        }
    }

    private static List<Candidate> candidates(Connection connection, Holder holder, Claim claim, int max)
            throws SQLException {
        Values values = holder.values().with(claim.values());
        return Widening.free(max, read -> candidates(connection, values, holder, read));
    }

    private static List<Optional<Candidate>> candidates(Connection connection, Values values, Holder holder, int max)
            throws SQLException {
        return CANDIDATES.query(connection, values.set("max", max), row -> candidate(row, holder));
    }

    private static Optional<Candidate> candidate(ResultSet row, Holder holder) throws SQLException {
        return row.getObject("fence") == null
                ? Optional.empty()
                : Optional.of(Candidate.read(row, holder.tenant())
                        .needing(Candidate.Needs.read(
                                row,
                                Candidate.Needs.number(row, "queue_permit"),
                                Candidate.Needs.number(row, "type_permit"))));
    }
}
