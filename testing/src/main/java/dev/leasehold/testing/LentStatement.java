package dev.leasehold.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A statement of a process: each time it runs is a step. */
final class LentStatement implements InvocationHandler {

    private final QueueProcess process;
    private final Statement physical;
    private final String sql;
    private final Connection connection;
    private final Consumer<Throwable> failed;

    LentStatement(
            QueueProcess process, Statement physical, String sql, Connection connection, Consumer<Throwable> failed) {
        this.process = process;
        this.physical = physical;
        this.sql = sql;
        this.connection = connection;
        this.failed = failed;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> sql;
            case "getConnection" -> connection;
            case "close" -> process.dead() ? null : LentConnection.on(physical, method, arguments);
            case "isClosed" -> process.dead() || physical.isClosed();
            case "execute",
                    "executeQuery",
                    "executeUpdate",
                    "executeLargeUpdate",
                    "executeBatch",
                    "executeLargeBatch" -> process.step(text(arguments), () -> executed(method, arguments));
            default -> {
                process.requireAlive();
                yield LentConnection.on(physical, method, arguments);
            }
        };
    }

    private @Nullable Object executed(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return LentConnection.on(physical, method, arguments);
        } catch (SQLException e) {
            failed.accept(e);
            throw e;
        }
    }

    private String text(Object @Nullable [] arguments) {
        return arguments != null && arguments.length > 0 && arguments[0] instanceof String text ? text : sql;
    }
}
