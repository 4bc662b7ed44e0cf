package dev.leasehold.testing.wiring;

import jakarta.persistence.EntityManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;

/** An entity manager that stands for the current transaction's, as the server's scope does. */
public final class CurrentEntities {

    private CurrentEntities() {}

    /** One that asks for the current one with each call. */
    public static EntityManager of(Supplier<? extends EntityManager> current) {
        return (EntityManager) Proxy.newProxyInstance(
                EntityManager.class.getClassLoader(),
                new Class<?>[] {EntityManager.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.invoke(current.get(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
