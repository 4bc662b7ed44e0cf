package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * How PostgreSQL plans the statements of a transaction. Our connections keep one plan for all values, which is right for
 * statements on named rows. What looks for a range may need one for its values: PostgreSQL expects a third of a table to
 * be within a range that it does not know, and would rather read all of it.
 */
final class Planning {

    private static final Sql SET = Sql.of("postgresql", "set_parameters");

    private record Parameter(String name, String value) {}

    private static final List<Parameter> RANGES = List.of(new Parameter("plan_cache_mode", "auto"));
    private static final List<Parameter> POSITIONS =
            List.of(new Parameter("plan_cache_mode", "force_custom_plan"), new Parameter("enable_bitmapscan", "on"));

    private Planning() {}

    /** Has a plan made for the values of a statement, in the rest of the transaction, where that is worth it. */
    static void forRanges(Connection connection) throws SQLException {
        set(connection, RANGES);
    }

    /**
     * Has plans made for the positions that statements ask for, in the rest of the transaction, and by the index of
     * positions, which knows blocks, not rows: our connections do without such scans.
     */
    static void forPositions(Connection connection) throws SQLException {
        set(connection, POSITIONS);
    }

    private static void set(Connection connection, List<Parameter> parameters) throws SQLException {
        if (Database.of(connection) == Database.POSTGRESQL) {
            Values values = new Values()
                    .column("names", "varchar", parameters, Parameter::name)
                    .column("settings", "varchar", parameters, Parameter::value);
            SET.query(connection, values, row -> row.getString(1));
        }
    }
}
