package dev.leasehold.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The server's MicroProfile Config, where it has one. Found by reflection: with a dependency the queue would not deploy on
 * a server that lacks it.
 */
final class MicroProfileConfig implements UnaryOperator<@Nullable String> {

    private final Object config;
    private final Method read;

    private MicroProfileConfig(Object config, Method read) {
        this.config = config;
        this.read = read;
    }

    /** What that class loader sees of it; a source that has nothing when it sees none. */
    static UnaryOperator<@Nullable String> seenBy(@Nullable ClassLoader loader) {
        try {
            Method get = Class.forName("org.eclipse.microprofile.config.ConfigProvider", true, loader)
                    .getMethod("getConfig");
            Method read = get.getReturnType().getMethod("getOptionalValue", String.class, Class.class);
            Object config = get.invoke(null);
            return config == null ? key -> null : new MicroProfileConfig(config, read);
        } catch (ReflectiveOperationException | LinkageError e) {
            return key -> null;
        }
    }

    @Override
    public @Nullable String apply(@Nullable String key) {
        try {
            Optional<?> value = (Optional<?>) read.invoke(config, key, String.class);
            return value == null || value.isEmpty() ? null : String.valueOf(value.get());
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    key + " cannot be read from MicroProfile Config: " + e.getTargetException(), e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(key + " cannot be read from MicroProfile Config", e);
        }
    }
}
