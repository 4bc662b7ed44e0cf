package dev.leasehold.testing;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The current transaction's connection, as the application is lent it: whoever began the transaction ends it. */
final class JoinedConnection extends LentConnection {

    private final OpenTransaction transaction;
    private boolean closed;

    JoinedConnection(QueueProcess process, Connection physical, OpenTransaction transaction) {
        super(process, physical);
        this.transaction = transaction;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        boolean asks = method.getDeclaringClass() == Object.class
                || method.getName().equals("close")
                || method.getName().equals("isClosed");
        if (!asks && isClosed()) {
            throw new SQLException("this connection is closed, or its transaction has ended", "08003");
        }
        return super.invoke(proxy, method, arguments);
    }

    @Override
    boolean isClosed() {
        return closed || transaction.ended();
    }

    @Override
    void close() {
        closed = true;
    }

    @Override
    @Nullable
    Object rollback(Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments == null) {
            throw notYours("rolled back");
        }
        Object result = call(method, arguments);
        transaction.unmark();
        return result;
    }

    @Override
    @Nullable
    Object commit(Method method, Object @Nullable [] arguments) throws Throwable {
        throw notYours("committed");
    }

    @Override
    @Nullable
    Object setAutoCommit(Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments != null && Boolean.TRUE.equals(arguments[0])) {
            throw notYours("committed statement by statement");
        }
        return null;
    }

    /** As PostgreSQL does: what failed has spoiled the transaction, unless it is rolled back to a savepoint. */
    @Override
    void failed(Throwable failure) {
        transaction.mark(failure);
    }

    private static SQLException notYours(String what) {
        return new SQLException(
                "a transaction that the queue or the test began cannot be " + what + " by whoever joins it");
    }
}
