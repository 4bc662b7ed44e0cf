package dev.leasehold.sql.postgresql;

import dev.leasehold.sql.PromoteStatement;
import dev.leasehold.sql.Sql;
import dev.leasehold.sql.Values;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Promotes past what other nodes hold. */
public final class PostgresqlPromote implements PromoteStatement {

    private static final Sql PROMOTE = Sql.of("postgresql", "promote");

    @Override
    public int promote(Connection connection, Instant now, String actor, int max) throws SQLException {
        Values values =
                new Values().set("now", now).set("actor", actor).set("max", max).set("everything", "");
        return PROMOTE.query(connection, values, row -> row.getInt(1)).get(0);
    }
}
