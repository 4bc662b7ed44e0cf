package dev.leasehold.database;

import dev.leasehold.sql.Transactions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Queue;

/** Transactions before each of which the next trouble comes, as long as there is any. */
public final class TroubledTransactions {

    private TroubledTransactions() {}

    /** The real ones, with that trouble. */
    public static Transactions of(Transactions real, Queue<Runnable> trouble) {
        return (Transactions) Proxy.newProxyInstance(
                Transactions.class.getClassLoader(),
                new Class<?>[] {Transactions.class},
                (proxy, method, arguments) -> {
                    Runnable next = method.getName().equals("inNew") ? trouble.poll() : null;
                    if (next != null) {
                        next.run();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
