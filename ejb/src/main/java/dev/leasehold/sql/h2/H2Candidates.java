package dev.leasehold.sql.h2;

import dev.leasehold.sql.Candidate;
import dev.leasehold.sql.Candidates;
import dev.leasehold.sql.ClaimStatement.Claim;
import dev.leasehold.sql.ClaimStatement.Holder;
import dev.leasehold.sql.Rows;
import dev.leasehold.sql.Sql;
import dev.leasehold.sql.Values;
import dev.leasehold.sql.Widening;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the heads of the lanes in index order, past those that others hold, and holds the rest. */
public final class H2Candidates implements Candidates {

    private static final Sql LANES = Sql.of("h2", "claimable_lanes");
    private static final Sql CLAIMABLE = Sql.of("h2", "claimable");
    private static final Sql FREE = Sql.of("common", "lock_free_runs");
    private static final Sql LIMITS = Sql.of("h2", "task_limits");

    private record Lane(
            long id,
            String capabilities,
            @Nullable Long queuePermit,
            @Nullable Long typePermit) {

        static Lane read(ResultSet row) throws SQLException {
            return new Lane(
                    row.getLong("lane_id"),
                    row.getString("capabilities"),
                    Candidate.Needs.number(row, "queue_permit"),
                    Candidate.Needs.number(row, "type_permit"));
        }

        boolean openTo(Set<String> able) {
            return capabilities.isEmpty() || able.containsAll(List.of(capabilities.split("\n", -1)));
        }
    }

    private record Head(Lane lane, Candidate candidate) {}

    @Override
    public List<Candidate> best(Connection connection, Holder holder, Claim claim, int max) throws SQLException {
        List<Candidate> best = new ArrayList<>();
        for (Head head : Widening.free(max, read -> held(connection, holder, heads(connection, holder, claim, read)))) {
            best.add(needing(connection, holder, head));
        }
        return best;
    }

    private static List<Optional<Head>> held(Connection connection, Holder holder, List<Head> heads)
            throws SQLException {
        Set<UUID> free = free(connection, holder, heads);
        return heads.stream()
                .map(head -> Optional.of(head)
                        .filter(one -> free.contains(one.candidate().tip().run())))
                .toList();
    }

    private static List<Head> heads(Connection connection, Holder holder, Claim claim, int max) throws SQLException {
        Values values = holder.values().with(claim.values()).set("max", max);
        Set<String> able = Set.copyOf(claim.capabilities());
        List<Head> heads = new ArrayList<>();
        for (Lane lane : LANES.query(connection, values, Lane::read)) {
            if (lane.openTo(able)) {
                CLAIMABLE.query(
                        connection,
                        values.set("lane", lane.id()),
                        row -> heads.add(new Head(lane, Candidate.read(row, holder.tenant()))));
            }
        }
        heads.sort(Comparator.comparing(Head::candidate, Candidate.BEST));
        return heads.subList(0, Math.min(max, heads.size()));
    }

    private static Set<UUID> free(Connection connection, Holder holder, List<Head> heads) throws SQLException {
        List<UUID> runs = heads.stream()
                .map(head -> head.candidate().tip().run())
                .sorted()
                .toList();
        Values values = new Values().set("tenant", holder.tenant()).column("run_ids", "uuid", runs, id -> id);
        return runs.isEmpty() ? Set.of() : Set.copyOf(FREE.query(connection, values, row -> Rows.uuid(row, "run_id")));
    }

    private static Candidate needing(Connection connection, Holder holder, Head head) throws SQLException {
        Values key = new Values()
                .set("tenant", holder.tenant())
                .set("task_id", head.candidate().taskId());
        Lane lane = head.lane();
        return head.candidate()
                .needing(LIMITS.query(
                                connection,
                                key,
                                row -> Candidate.Needs.read(row, lane.queuePermit(), lane.typePermit()))
                        .get(0));
    }
}
