package dev.leasehold.sql.postgresql;

import dev.leasehold.sql.LaneStatement;
import dev.leasehold.sql.PermitScope;
import dev.leasehold.sql.Rows;
import dev.leasehold.sql.Sql;
import dev.leasehold.sql.Values;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Opens lanes, and waits for a transaction that opens the same. */
public final class PostgresqlLanes implements LaneStatement {

    private static final Sql FIND = Sql.of("postgresql", "lanes");
    private static final Sql OPEN = Sql.of("postgresql", "open_lanes");

    @Override
    public Map<Lane, Long> open(Connection connection, UUID tenant, Set<Lane> lanes) throws SQLException {
        List<Lane> wanted = List.copyOf(lanes);
        Values values = new Values()
                .set("tenant", tenant)
                .set("queue_scope", PermitScope.QUEUE.word())
                .set("type_scope", PermitScope.TYPE.word())
                .column("queues", "varchar", wanted, Lane::queue)
                .column("types", "varchar", wanted, Lane::type)
                .column("requires", "uuid", wanted, Lane::requires)
                .column("capabilities", "varchar", wanted, Lane::capabilities);
        Map<Lane, Long> found = find(connection, values, wanted);
        if (found.size() < wanted.size()) {
            OPEN.update(connection, values);
            found = find(connection, values, wanted);
        }
        return found;
    }

    private static Map<Lane, Long> find(Connection connection, Values values, List<Lane> wanted) throws SQLException {
        Map<Lane, Long> found = new HashMap<>();
        FIND.query(connection, values, row -> {
            UUID requires = Rows.uuid(row, "requires");
            String queue = row.getString("queue");
            String type = row.getString("type");
            long number = row.getLong("lane_id");
            wanted.stream()
                    .filter(lane -> lane.queue().equals(queue)
                            && lane.type().equals(type)
                            && lane.requires().equals(requires))
                    .forEach(lane -> found.put(lane, number));
            return number;
        });
        return found;
    }
}
