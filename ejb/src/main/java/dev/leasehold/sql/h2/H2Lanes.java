package dev.leasehold.sql.h2;

import dev.leasehold.sql.LaneStatement;
import dev.leasehold.sql.PermitScope;
import dev.leasehold.sql.Sql;
import dev.leasehold.sql.Values;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Opens lanes; where another transaction opens the same, its commit decides. */
public final class H2Lanes implements LaneStatement {

    private static final String DUPLICATE = "23505";
    private static final Sql FIND = Sql.of("h2", "lane");
    private static final Sql OPEN = Sql.of("h2", "open_lane");

    @Override
    public Map<Lane, Long> open(Connection connection, UUID tenant, Set<Lane> lanes) throws SQLException {
        Map<Lane, Long> numbers = new HashMap<>();
        for (Lane lane : inOrder(lanes)) {
            Values values = new Values()
                    .set("tenant", tenant)
                    .set("queue", lane.queue())
                    .set("type", lane.type())
                    .set("queue_scope", PermitScope.QUEUE.word())
                    .set("type_scope", PermitScope.TYPE.word())
                    .set("requires", lane.requires())
                    .set("capabilities", lane.capabilities());
            List<Long> found = find(connection, values);
            if (found.isEmpty()) {
                open(connection, values);
                found = find(connection, values);
            }
            numbers.put(lane, found.get(0));
        }
        return numbers;
    }

    private static List<Lane> inOrder(Set<Lane> lanes) {
        return lanes.stream().sorted(Lane.ORDER).toList();
    }

    private static List<Long> find(Connection connection, Values values) throws SQLException {
        return FIND.query(connection, values, row -> row.getLong(1));
    }

    private static void open(Connection connection, Values values) throws SQLException {
        try {
            OPEN.update(connection, values);
        } catch (SQLException e) {
            if (!DUPLICATE.equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
