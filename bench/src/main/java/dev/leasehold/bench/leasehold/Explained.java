package dev.leasehold.bench.leasehold;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A connection on which claims are explained as they are executed, and nothing is committed. */
final class Explained {

    private static final String EXPLAIN = "explain (analyze, buffers, format json) ";
    private static final String A_CLAIM = "update leasehold.run";

    private long buffers = -1;

    /** That connection, seen so. */
    Connection over(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "commit" -> {
                connection.rollback();
                yield null;
            }
            case "prepareStatement" -> prepare(connection, (String) arguments[0]);
            default -> method.invoke(connection, arguments);
        });
    }

    /** What the last claim read and found in memory. */
    long buffers() {
        if (buffers < 0) {
            throw new IllegalStateException("no claim was made");
        }
        return buffers;
    }

    private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        if (!sql.contains(A_CLAIM)) {
            return connection.prepareStatement(sql);
        }
        PreparedStatement statement = connection.prepareStatement(EXPLAIN + sql);
        return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            if (!method.getName().equals("executeQuery")) {
                return method.invoke(statement, arguments);
            }
            buffers = buffers(statement);
            return proxy(
                    ResultSet.class,
                    (rows, call, none) -> call.getReturnType() == boolean.class ? Boolean.FALSE : null);
        });
    }

    private static long buffers(PreparedStatement statement) throws SQLException, IOException {
        try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            return Blocks.of(rows.getString(1));
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        InvocationHandler honest = (proxy, method, arguments) -> {
            try {
                return handler.invoke(proxy, method, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, honest));
    }
}
