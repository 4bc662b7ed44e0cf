package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Finds the numbers of lanes, opening those that are new. */
public interface LaneStatement {

    /**
     * A lane's name within its tenant.
     *
     * @param queue the queue
     * @param type the task type
     */
    record Lane(String queue, String type) {}

    /** The number of each of these lanes; a new lane is part of the transaction. */
    Map<Lane, Long> open(Connection connection, UUID tenant, Set<Lane> lanes) throws SQLException;
}
