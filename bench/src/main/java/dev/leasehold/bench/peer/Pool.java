package dev.leasehold.bench.peer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.leasehold.bench.contender.Database;

/** The connections of a system that brings no pool. */
final class Pool {
    private static final int CONNECTIONS = 20;

    private Pool() {}

    /** Batched inserts are rewritten to one statement of many rows, which is the driver's fastest way. */
    static HikariDataSource of(Database db) {
        var config = new HikariConfig();
        config.setJdbcUrl(db.url());
        config.setUsername(Database.USER);
        config.setMaximumPoolSize(CONNECTIONS);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new HikariDataSource(config);
    }
}
