package dev.leasehold.node;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Lends connections that wait for an answer however long it takes, and gives them back as they were: a migration may
 * rewrite a large table. Where a server's connections do not know of such a limit, or keep it, it stays.
 */
public final class PatientConnections {

    private static final String CLOSE = "close";
    private static final String LIMIT = """
            select before.setting, set_config('statement_timeout', ?, false)
            from (select current_setting('statement_timeout') as setting offset 0) before""";

    private PatientConnections() {}

    /** The same connections, without a limit on how long an answer may take. */
    public static DataSource of(DataSource source) {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object answer = delegate(source, method, arguments);
            return answer instanceof Connection connection ? patient(connection) : answer;
        });
    }

    private static Connection patient(Connection connection) {
        int before = limit(connection);
        wait(connection, 0);
        String statements = statements(connection, "0");
        return proxy(Connection.class, (proxy, method, arguments) -> {
            if (method.getName().equals(CLOSE)) {
                statements(connection, statements);
                wait(connection, before);
            }
            return delegate(connection, method, arguments);
        });
    }

    /** Sets how long a statement may take, and answers what it was; H2 has no such limit unless its user sets one. */
    private static String statements(Connection connection, String limit) {
        try {
            if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
                try (PreparedStatement statement = connection.prepareStatement(LIMIT)) {
                    statement.setString(1, limit);
                    try (ResultSet row = statement.executeQuery()) {
                        return row.next() ? row.getString(1) : limit;
                    }
                }
            }
        } catch (SQLException e) {
            // as below
        }
        return limit;
    }

    private static int limit(Connection connection) {
        try {
            return connection.getNetworkTimeout();
        } catch (SQLException | RuntimeException | LinkageError e) {
            return 0;
        }
    }

    private static void wait(Connection connection, int millis) {
        try {
            if (limit(connection) != millis) {
                connection.setNetworkTimeout(Runnable::run, millis);
            }
        } catch (SQLException | RuntimeException | LinkageError e) {
            // the limit stays: a migration that takes longer fails, and says so
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(PatientConnections.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object delegate(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
