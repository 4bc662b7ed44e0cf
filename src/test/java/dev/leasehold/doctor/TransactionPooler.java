package dev.leasehold.doctor;

import dev.leasehold.sql.catalog.Connections;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Lends server connections by transaction, the last one that came back first, as a pooler does that nobody else asks. */
final class TransactionPooler implements Connections, AutoCloseable {

    private final Connections server;
    private final Deque<Connection> idle = new ArrayDeque<>();

    TransactionPooler(Connections server) {
        this.server = server;
    }

    @Override
    public Connection open() {
        Client client = new Client();
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        return client.call(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Connection take() throws SQLException {
        return idle.isEmpty() ? server.open() : idle.pop();
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : idle) {
            connection.close();
        }
    }

    private final class Client {

        private @Nullable Connection held;
        private boolean transaction;

        @Nullable
        Object call(Method method, Object @Nullable [] arguments) throws Exception {
            switch (method.getName()) {
                case "setAutoCommit" -> transaction = Boolean.FALSE.equals(arguments[0]);
                case "rollback", "close" -> giveBack();
                default -> {
                    return onServer(method, arguments);
                }
            }
            return null;
        }

        private void giveBack() throws SQLException {
            if (held != null) {
                held.rollback();
                held.setAutoCommit(true);
                idle.push(held);
                held = null;
            }
        }

        private @Nullable Object onServer(Method method, Object @Nullable [] arguments) throws Exception {
            if (held != null) {
                return method.invoke(held, arguments);
            }
            Connection lent = take();
            lent.setAutoCommit(!transaction);
            if (transaction) {
                held = lent;
            } else {
                idle.push(lent);
            }
            return method.invoke(lent, arguments);
        }
    }
}
