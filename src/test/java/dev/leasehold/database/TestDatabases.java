package dev.leasehold.database;

import dev.leasehold.node.Migrations;
import dev.leasehold.node.QueueDataSource;
import dev.leasehold.sql.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** New databases of either kind, empty or with the queue's tables. PostgreSQL runs once a test process. */
public final class TestDatabases {

    private static final int CONNECTIONS = 40;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final Queue<EmbeddedPostgres> STARTED = new ConcurrentLinkedQueue<>();

    private TestDatabases() {}

    /** Ends the servers and deletes hundreds of databases, which takes longer than an ending process is given. */
    public static void close() throws IOException {
        for (EmbeddedPostgres server : STARTED) {
            server.close();
        }
    }

    /** The process's one PostgreSQL. */
    private static final class Postgres {
        static final EmbeddedPostgres SERVER = start();
    }

    /** Another one, whose transaction ids begin anew. */
    private static final class OtherPostgres {
        static final EmbeddedPostgres SERVER = start();
    }

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("fsync", "off") // no test of this process is about a power failure
                    .setServerConfig("full_page_writes", "off")
                    .start();
            STARTED.add(server);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty database behind a pool; whoever asked for it disposes of the pool. */
    public static JdbcConnectionPool fresh(Database kind) {
        String name = "test_" + NUMBER.incrementAndGet();
        return switch (kind) {
            case H2 -> pool(JdbcConnectionPool.create("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1", "sa", ""));
            case POSTGRESQL -> postgres(Postgres.SERVER, name, "template1");
        };
    }

    /** One with the queue's tables: on PostgreSQL a copy of one that was migrated before. */
    public static JdbcConnectionPool migrated(Database kind) {
        if (kind == Database.POSTGRESQL) {
            return postgres(Postgres.SERVER, "test_" + NUMBER.incrementAndGet(), Template.NAME);
        }
        JdbcConnectionPool pool = fresh(kind);
        Migrations.run(pool, kind);
        return pool;
    }

    /** A database that nobody is connected to, with the queue's tables. */
    private static final class Template {
        static final String NAME = create("migrated");

        private static String create(String name) {
            JdbcConnectionPool pool = postgres(Postgres.SERVER, name, "template1");
            Migrations.run(pool, Database.POSTGRESQL);
            pool.dispose();
            return name;
        }
    }

    /** The same on another server where there are servers, as if what is restored there came from elsewhere. */
    public static JdbcConnectionPool elsewhere(Database kind) {
        return kind == Database.H2
                ? fresh(kind)
                : postgres(OtherPostgres.SERVER, "test_" + NUMBER.incrementAndGet(), "template1");
    }

    private static JdbcConnectionPool postgres(EmbeddedPostgres server, String name, String template) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " template " + template);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        PGConnectionPoolDataSource connections = new PGConnectionPoolDataSource();
        connections.setPortNumbers(new int[] {server.getPort()});
        connections.setDatabaseName(name);
        connections.setUser("postgres");
        connections.setOptions(QueueDataSource.PLANS);
        return pool(JdbcConnectionPool.create(connections));
    }

    private static JdbcConnectionPool pool(JdbcConnectionPool pool) {
        pool.setMaxConnections(CONNECTIONS);
        return pool;
    }
}
