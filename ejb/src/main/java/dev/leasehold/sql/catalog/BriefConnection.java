package dev.leasehold.sql.catalog;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;

/** A connection whose statements end when they take too long. */
public final class BriefConnection {

    private BriefConnection() {}

    /** The same connection, whose prepared statements are given that long, in whole seconds. */
    public static Connection of(Connection connection, Duration limit) {
        int seconds = Math.toIntExact(limit.toSeconds());
        return (Connection) Proxy.newProxyInstance(
                BriefConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(connection, arguments);
                        if (answer instanceof PreparedStatement statement) {
                            statement.setQueryTimeout(seconds);
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }
}
