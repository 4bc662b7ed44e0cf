package dev.leasehold.sql;

import dev.leasehold.bench.leasehold.Blocks;
import java.sql.Connection;

/** How many blocks PostgreSQL looks at to carry out a statement of ours. */
final class Buffers {

    private Buffers() {}

    /** Carries the statement out in that connection's transaction. */
    static long of(Connection connection, Sql sql, Values values) throws Exception {
        return Blocks.of(Plans.explain(connection, Database.POSTGRESQL, "analyze, buffers, format json", sql, values));
    }
}
