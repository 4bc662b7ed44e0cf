package dev.leasehold.api;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects who observes {@link RunFinished} and {@link AttemptFailed}, in every module of the application. */
public class LifecycleExtension implements Extension {

    private final List<ObserverMethod<RunFinished>> finished = new ArrayList<>();
    private final List<ObserverMethod<AttemptFailed>> failed = new ArrayList<>();

    private record Metadata(Type type) implements EventMetadata {
        @Override
        public Set<Annotation> getQualifiers() {
            return Set.of(Any.Literal.INSTANCE);
        }

        @Override
        public @Nullable InjectionPoint getInjectionPoint() {
            return null;
        }

        @Override
        public Type getType() {
            return type;
        }
    }

    private record Context<T>(T event) implements EventContext<T> {
        @Override
        public T getEvent() {
            return event;
        }

        @Override
        public EventMetadata getMetadata() {
            return new Metadata(event.getClass());
        }
    }

    /** Behind other extensions, so that what they put in an observer's place is called. */
    <X> void collectFinished(@Observes @Priority(Integer.MAX_VALUE) ProcessObserverMethod<RunFinished, X> event) {
        add(finished, event.getObserverMethod());
    }

    <X> void collectFailed(@Observes @Priority(Integer.MAX_VALUE) ProcessObserverMethod<AttemptFailed, X> event) {
        add(failed, event.getObserverMethod());
    }

    /** The events have no qualifiers. */
    private static <T> void add(List<ObserverMethod<T>> all, ObserverMethod<T> one) {
        if (Set.of(Any.Literal.INSTANCE).containsAll(one.getObservedQualifiers())) {
            all.add(one);
            all.sort(Comparator.comparingInt(ObserverMethod::getPriority));
        }
    }

    /** Who wants to hear of runs that are over, by priority. */
    public List<Runnable> calls(RunFinished event) {
        return calls(finished, event);
    }

    /** Who wants to hear of attempts that failed, by priority. */
    public List<Runnable> calls(AttemptFailed event) {
        return calls(failed, event);
    }

    private static <T> List<Runnable> calls(List<ObserverMethod<T>> observers, T event) {
        return observers.stream()
                .<Runnable>map(observer -> () -> call(observer, event))
                .toList();
    }

    private static <T> void call(ObserverMethod<T> observer, T event) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(observer.getBeanClass().getClassLoader());
            observer.notify(new Context<>(event));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Whether anybody observes runs that are over. */
    public boolean hearsOfRuns() {
        return !finished.isEmpty();
    }

    /** Whether anybody observes attempts that failed. */
    public boolean hearsOfAttempts() {
        return !failed.isEmpty();
    }
}
