package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * PostgreSQL's own way for sessions to tell one another something at once, on a channel of the queue's. All of it on
 * connections that commit by themselves: whoever tells holds a lock of the whole database until the commit.
 */
public final class Notices {

    private static final Sql LISTEN = Sql.of("postgresql", "listen");
    private static final Sql UNLISTEN = Sql.of("postgresql", "unlisten");
    private static final Sql TELL = Sql.of("postgresql", "tell");

    private Notices() {}

    /** Has the session hear from now on what is told. */
    public static void listen(Connection connection) throws SQLException {
        LISTEN.update(connection, new Values());
    }

    /** Has the session hear nothing any more. */
    public static void unlisten(Connection connection) throws SQLException {
        UNLISTEN.update(connection, new Values());
    }

    /** Tells all that listen a word, which need not outlive a crash: nothing waits for the disk. */
    public static void tell(Connection connection, String word) throws SQLException {
        Values values = new Values()
                .set("durability", "synchronous_commit")
                .set("lazy", "off")
                .set("channel", "leasehold")
                .set("word", word);
        TELL.query(connection, values, row -> word);
    }
}
