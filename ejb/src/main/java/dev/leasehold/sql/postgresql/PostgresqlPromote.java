package dev.leasehold.sql.postgresql;

import dev.leasehold.sql.LanePlace;
import dev.leasehold.sql.PromoteStatement;
import dev.leasehold.sql.Sql;
import dev.leasehold.sql.Values;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Promotes past what other nodes hold. */
public final class PostgresqlPromote implements PromoteStatement {

    private static final Sql PROMOTE = Sql.of("postgresql", "promote");

    @Override
    public Promoted promote(Connection connection, Instant now, String actor, int max) throws SQLException {
        Values values =
                new Values().set("now", now).set("actor", actor).set("max", max).set("everything", "");
        List<LanePlace> best = new ArrayList<>();
        int count = 0;
        for (int promoted : PROMOTE.query(connection, values, row -> lane(row, best))) {
            count += promoted;
        }
        return new Promoted(count, best);
    }

    /** A held run becomes ready in no lane. */
    private static int lane(ResultSet row, List<LanePlace> best) throws SQLException {
        if (row.getObject("lane_id") != null) {
            best.add(LanePlace.read(row));
        }
        return row.getInt("promoted");
    }
}
