package dev.leasehold.settings;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Three places in order; the first that has a key decides, also with a blank value. */
final class ProcessSource implements UnaryOperator<@Nullable String> {

    private final UnaryOperator<@Nullable String> properties;
    private final UnaryOperator<@Nullable String> environment;
    private final UnaryOperator<@Nullable String> server;

    /**
     * Looks there in order.
     *
     * @param properties under the key itself ({@code leasehold.worker-threads})
     * @param environment under the key in capitals ({@code LEASEHOLD_WORKER_THREADS})
     * @param server under the key itself
     */
    ProcessSource(
            UnaryOperator<@Nullable String> properties,
            UnaryOperator<@Nullable String> environment,
            UnaryOperator<@Nullable String> server) {
        this.properties = properties;
        this.environment = environment;
        this.server = server;
    }

    /** System properties, the environment, and the MicroProfile Config that this thread's application sees. */
    static ProcessSource ofThread() {
        return new ProcessSource(
                key -> System.getProperty(String.valueOf(key)),
                name -> System.getenv(String.valueOf(name)),
                MicroProfileConfig.seenBy(Thread.currentThread().getContextClassLoader()));
    }

    @Override
    public @Nullable String apply(@Nullable String key) {
        String value = properties.apply(key);
        if (value == null) {
            value = environment.apply(capitals(String.valueOf(key)));
        }
        return value == null ? server.apply(key) : value;
    }

    private static String capitals(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
