package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** One question that the databases are asked each in its own words. */
record PerDatabase(Sql h2, Sql postgresql) {

    /** The statement of that name of each database. */
    static PerDatabase of(String name) {
        return new PerDatabase(Sql.of("h2", name), Sql.of("postgresql", name));
    }

    /** The one for the database at the other end of the connection. */
    Sql on(Connection connection) throws SQLException {
        return Database.of(connection) == Database.H2 ? h2 : postgresql;
    }
}
