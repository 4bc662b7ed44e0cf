package dev.leasehold.sql;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
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
     * @param capabilities what a worker must be able to, sorted, one to a line; empty for nothing in particular
     */
    record Lane(String queue, String type, String capabilities) {

        /** The order in which lanes are opened. */
        public static final Comparator<Lane> ORDER =
                Comparator.comparing(Lane::queue).thenComparing(Lane::type).thenComparing(Lane::capabilities);

        private static final UUID NOTHING = new UUID(0, 0);

        /** What stands for the capabilities in the lane's key. */
        public UUID requires() {
            return capabilities.isEmpty()
                    ? NOTHING
                    : UUID.nameUUIDFromBytes(capabilities.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The number of each of these lanes; a new lane is part of the transaction. */
    Map<Lane, Long> open(Connection connection, UUID tenant, Set<Lane> lanes) throws SQLException;
}
