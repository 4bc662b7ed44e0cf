package dev.leasehold.wake;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** A node's data source, which may be down for it, or be one that does not show what its connections are. */
final class Switchboard {

    final AtomicInteger asked = new AtomicInteger();
    volatile boolean down;
    volatile boolean opaque;

    private final DataSource real;

    Switchboard(DataSource real) {
        this.real = real;
    }

    DataSource source() {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    asked.incrementAndGet();
                    if (down) {
                        throw new SQLException("nobody answers", "08001");
                    }
                    return veiled((Connection) call(real, method, arguments));
                });
    }

    private Connection veiled(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> opaque && arguments != null && arguments[0] == PGConnection.class
                        ? isWrapper(method)
                        : call(connection, method, arguments));
    }

    private static boolean isWrapper(Method method) throws SQLException {
        if (method.getName().equals("unwrap")) {
            throw new SQLException("not a wrapper");
        }
        return false;
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
