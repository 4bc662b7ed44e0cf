package dev.leasehold.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection of a process: its statements and commits are steps of that process, and end with it. */
class LentConnection implements InvocationHandler {

    private final QueueProcess process;
    private final Connection physical;

    LentConnection(QueueProcess process, Connection physical) {
        this.process = process;
        this.physical = physical;
    }

    /** The connection for whoever asked for it. */
    final Connection proxy() {
        return (Connection)
                Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, this);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "connection of " + process;
            case "isClosed" -> isClosed();
            case "close" -> {
                close();
                yield null;
            }
            case "rollback" -> process.dead() ? null : rollback(method, arguments);
            case "commit" -> commit(method, arguments);
            case "setAutoCommit" -> setAutoCommit(method, arguments);
            case "createStatement", "prepareStatement", "prepareCall" ->
                statement((Connection) proxy, method, arguments);
            default -> call(method, arguments);
        };
    }

    boolean isClosed() throws SQLException {
        return process.dead() || physical.isClosed();
    }

    void close() throws SQLException {
        process.forget(physical);
        physical.close();
    }

    @Nullable
    Object rollback(Method method, Object @Nullable [] arguments) throws Throwable {
        return call(method, arguments);
    }

    @Nullable
    Object commit(Method method, Object @Nullable [] arguments) throws Throwable {
        return process.step("commit", () -> call(method, arguments));
    }

    /** To commit by itself from now on commits what is open. */
    @Nullable
    Object setAutoCommit(Method method, Object @Nullable [] arguments) throws Throwable {
        boolean commits = arguments != null && Boolean.TRUE.equals(arguments[0]) && !process.dead();
        return commits && !physical.getAutoCommit()
                ? process.step("commit", () -> call(method, arguments))
                : call(method, arguments);
    }

    /** Hears of a statement that failed. */
    void failed(Throwable failure) {}

    private Object statement(Connection proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        Statement statement = (Statement) Objects.requireNonNull(call(method, arguments));
        String sql = arguments != null && arguments[0] instanceof String text ? text : "";
        return Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {method.getReturnType()},
                new LentStatement(process, statement, sql, proxy, this::failed));
    }

    final @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        process.requireAlive();
        return on(physical, method, arguments);
    }

    static @Nullable Object on(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
