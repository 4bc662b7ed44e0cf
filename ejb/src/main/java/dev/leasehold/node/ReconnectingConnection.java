package dev.leasehold.node;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A connection that outlives its database's restart. Servers keep connections in pools and, for a data source that an
 * application declares, have no portable way to be told to test them. So this one replaces what it stands for when that
 * is found closed, but only between transactions: within one, a lost connection stays lost and the work fails. Once one
 * is found closed, every other is tested before its next transaction.
 */
final class ReconnectingConnection implements InvocationHandler {

    private static final int TEST_SECONDS = 2;
    private static final AtomicLong LOSSES = new AtomicLong();

    /** Opens the connection that stands behind this one. */
    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    private final Opener opener;
    private Connection physical;
    private long lossesSeen;
    private boolean autoCommit = true;
    private boolean lost;
    private boolean closed;

    private ReconnectingConnection(Opener opener) throws SQLException {
        this.opener = opener;
        lossesSeen = LOSSES.get();
        physical = opener.open();
    }

    static Connection open(Opener opener) throws SQLException {
        return (Connection) Proxy.newProxyInstance(
                ReconnectingConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new ReconnectingConnection(opener));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class || isAboutSpare(arguments)) {
            return own(proxy, method, arguments);
        }
        notice();
        switch (method.getName()) {
            case "close", "abort" -> {
                closed = true;
                return delegate(method, arguments);
            }
            case "isClosed" -> {
                return delegate(method, arguments);
            }
            case "rollback" -> {
                return lost ? null : delegate(method, arguments);
            }
            case "setAutoCommit" -> {
                setAutoCommit(arguments != null && Boolean.TRUE.equals(arguments[0]));
                return null;
            }
            case "getAutoCommit" -> {
                return autoCommit;
            }
            default -> {
                betweenTransactions();
                return delegate(method, arguments);
            }
        }
    }

    private static boolean isAboutSpare(Object @Nullable [] arguments) {
        return arguments != null && Spare.class.equals(arguments[0]);
    }

    private Object own(Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "isWrapperFor" -> true;
            case "unwrap" -> (Spare) opener::open;
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> ReconnectingConnection.class.getSimpleName() + "@" + System.identityHashCode(proxy);
        };
    }

    private void notice() throws SQLException {
        if (!lost && !closed && physical.isClosed()) {
            lost = true;
            LOSSES.incrementAndGet();
        }
    }

    private void setAutoCommit(boolean wanted) throws SQLException {
        betweenTransactions();
        if (!lost) {
            physical.setAutoCommit(wanted);
        }
        autoCommit = wanted;
    }

    private void betweenTransactions() throws SQLException {
        if (!autoCommit || closed) {
            return;
        }
        if (!lost && lossesSeen != LOSSES.get() && !physical.isValid(TEST_SECONDS)) {
            physical.close();
            lost = true;
        }
        lossesSeen = LOSSES.get();
        if (lost) {
            physical = opener.open();
            lost = false;
        }
    }

    private @Nullable Object delegate(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(physical, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
