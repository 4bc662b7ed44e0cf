package dev.leasehold.server;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What operators see of a database, a moment ago.
 *
 * @param alive runs that have not ended
 * @param ended some that have, the latest
 */
record Sight(List<One> alive, List<One> ended) {

    static final Sight NOTHING = new Sight(List.of(), List.of());

    private static final String COLUMNS = "select run_id, task_id, state, held from leasehold.run where state ";
    private static final String ENDED = "('Completed', 'Failed', 'Canceled')";

    /** A run. */
    record One(UUID run, UUID task, String state, boolean held) {}

    static Sight of(Records records) {
        return new Sight(
                records.read(COLUMNS + "not in " + ENDED, Sight::one),
                records.read(COLUMNS + "in " + ENDED + " order by run_id desc limit 50", Sight::one));
    }

    private static One one(ResultSet row) throws SQLException {
        return new One(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getString(3), row.getBoolean(4));
    }

    /** Those of the runs alive. */
    List<One> alive(Predicate<One> which) {
        return alive.stream().filter(which).toList();
    }
}
