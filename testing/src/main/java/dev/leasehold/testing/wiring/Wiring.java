package dev.leasehold.testing.wiring;

import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;

/** Makes the queue's beans as the container would: one of each class, its fields filled in. */
public final class Wiring {

    private final Map<Class<?>, Object> beans = new HashMap<>();

    /** Has beans that are made from now on meet that one. */
    public <T> Wiring put(Class<T> type, T bean) {
        beans.put(type, bean);
        return this;
    }

    /** The bean of that class. */
    public <T> T get(Class<T> type) {
        Object known = beans.get(type);
        return type.cast(known == null ? make(type) : known);
    }

    private Object make(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object bean = constructor.newInstance();
            beans.put(type, bean);
            for (Field field : type.getDeclaredFields()) {
                if (field.isAnnotationPresent(Inject.class)) {
                    field.setAccessible(true);
                    field.set(bean, get(field.getType()));
                }
            }
            return bean;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no bean can be made of " + type.getName(), e);
        }
    }
}
