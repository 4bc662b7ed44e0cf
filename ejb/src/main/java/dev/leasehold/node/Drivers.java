package dev.leasehold.node;

import dev.leasehold.api.Handler;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;

/** The JDBC drivers that are delivered with the queue, and the connections that were opened by them. */
final class Drivers {

    private static final System.Logger LOG = System.getLogger(Drivers.class.getName());

    /** How URLs of H2 begin. */
    static final String H2 = "jdbc:h2:";

    @FunctionalInterface
    private interface Removal {
        void run() throws SQLException;
    }

    private final Set<Connection> connections = new HashSet<>();
    private boolean over;

    /** Opens a connection. */
    Connection connect(String url, Properties properties) throws SQLException {
        Driver driver = url.startsWith(H2) ? new org.h2.Driver() : new org.postgresql.Driver();
        Connection connection = driver.connect(url, properties);
        if (connection == null) {
            throw new SQLException("leasehold.database-url must begin with jdbc:h2: or jdbc:postgresql:");
        }
        if (!add(connection)) {
            connection.close();
            throw new SQLException("the application was taken down");
        }
        return connection;
    }

    /** All there are, and no more: closing them may take a while. */
    private synchronized List<Connection> open() {
        over = true;
        List<Connection> open = List.copyOf(connections);
        connections.clear();
        return open;
    }

    private synchronized boolean add(Connection connection) {
        connections.removeIf(Predicate.not(Drivers::isOpen));
        return !over && connections.add(connection);
    }

    private static boolean isOpen(Connection connection) {
        try {
            return !connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    /** Closes what is still open, opens nothing more, and takes the drivers off the virtual machine's list. */
    void end() {
        open().forEach(Drivers::close);
        Set<ClassLoader> own = new HashSet<>(List.of(Drivers.class.getClassLoader(), Handler.class.getClassLoader()));
        forget(() -> {
            if (own.contains(org.h2.Driver.class.getClassLoader())) {
                org.h2.Driver.unload();
            }
        });
        forget(() -> {
            if (own.contains(org.postgresql.Driver.class.getClassLoader()) && org.postgresql.Driver.isRegistered()) {
                org.postgresql.Driver.deregister();
            }
        });
    }

    /** That list would keep all classes of an application that is taken down; a server's own drivers stay on it. */
    private static void forget(Removal removal) {
        try {
            removal.run();
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "a driver stays behind: {0}", e.getMessage());
        } catch (LinkageError e) {
            LOG.log(Level.DEBUG, "an application with a data source of its own left a driver out", e);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.WARNING, "a connection stays behind: {0}", e.getMessage());
        }
    }
}
