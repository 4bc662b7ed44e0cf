package dev.leasehold.wake;

import dev.leasehold.sql.Notices;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Somebody who hears all that is told on the database. */
final class Witness implements AutoCloseable {

    private final Connection connection;
    private final int backend;
    private final List<String> words = new ArrayList<>();

    Witness(DataSource database) throws SQLException {
        connection = database.getConnection();
        backend = connection.unwrap(PGConnection.class).getBackendPID();
        Notices.listen(connection);
    }

    /** Everything that was told until now, in order. */
    List<String> words() throws SQLException {
        PGNotification[] more = connection.unwrap(PGConnection.class).getNotifications(10);
        Stream.of(more == null ? new PGNotification[0] : more).forEach(notice -> words.add(notice.getParameter()));
        return List.copyOf(words);
    }

    void tell(String word) throws SQLException {
        Notices.tell(connection, word);
    }

    /** Ends the sessions of all others that listen, as an administrator may. */
    int cutOffTheOthers() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where datname = current_database() and query like 'listen%' and pid <> " + backend)) {
            row.next();
            return row.getInt(1);
        }
    }

    @Override
    public void close() throws SQLException {
        Notices.unlisten(connection);
        connection.close();
    }
}
