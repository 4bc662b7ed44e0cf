package dev.leasehold.database;

import org.hibernate.resource.jdbc.spi.StatementInspector;

/** Remembers the SQL that an entity query became, so that a test can have it explained. */
public final class LastQuery implements StatementInspector {

    private static final long serialVersionUID = 1L;

    private volatile String sql = "";

    @Override
    public String inspect(String statement) {
        sql = statement;
        return statement;
    }

    public String sql() {
        return sql;
    }
}
