package dev.leasehold.testing;

import dev.leasehold.api.Handler;
import dev.leasehold.api.HandlerExtension;
import dev.leasehold.api.HandlerTransaction;
import dev.leasehold.api.Handles;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The handlers of a test, without CDI: one object for each type. */
final class Handlers extends HandlerExtension {

    private record Declared(Handler<?> handler, Handles handles) {}

    private final Map<String, Declared> byType = new TreeMap<>();

    void add(Handler<?> handler) {
        String name = handler.getClass().getName();
        Handles handles = handler.getClass().getAnnotation(Handles.class);
        if (handles == null) {
            throw new InvalidHandler(name + " does not carry @Handles, and so it is not known which tasks are its own");
        }
        Declared other = byType.putIfAbsent(handles.value(), new Declared(handler, handles));
        if (other != null) {
            throw new InvalidHandler("task type \"" + handles.value() + "\" is handled twice: by "
                    + other.handler().getClass().getName() + " and by " + name);
        }
    }

    @Override
    public Set<String> types() {
        return Set.copyOf(byType.keySet());
    }

    @Override
    public Class<?> handlerClass(String type) {
        return declared(type).handler().getClass();
    }

    @Override
    public HandlerTransaction transaction(String type) {
        return declared(type).handles().transaction();
    }

    @Override
    public boolean isTerminal(String type, Throwable failure) {
        return Arrays.stream(declared(type).handles().terminal()).anyMatch(one -> one.isInstance(failure));
    }

    @Override
    public <R> R with(String type, Function<Handler<?>, R> call) {
        return call.apply(declared(type).handler());
    }

    private Declared declared(String type) {
        Declared declared = byType.get(type);
        if (declared == null) {
            throw new IllegalArgumentException("no handler of type " + type);
        }
        return declared;
    }
}
