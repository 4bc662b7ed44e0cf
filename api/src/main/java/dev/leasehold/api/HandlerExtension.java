package dev.leasehold.api;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects the bean of every class that carries {@link Handles}, in every module of the application. */
public class HandlerExtension implements Extension {

    private record Declared(Bean<?> bean, HandlerTransaction transaction, List<Class<? extends Throwable>> terminal) {}

    private final Map<String, Declared> handlers = new TreeMap<>();
    private @Nullable BeanManager manager;

    <T> void collect(@Observes ProcessManagedBean<T> event) {
        Handles handles = event.getAnnotatedBeanClass().getAnnotation(Handles.class);
        if (handles == null) {
            return;
        }
        Bean<T> bean = event.getBean();
        if (!Handler.class.isAssignableFrom(bean.getBeanClass())) {
            event.addDefinitionError(
                    new Refused(bean.getBeanClass().getName() + " carries @Handles but does not implement Handler"));
        }
        Declared other =
                handlers.put(handles.value(), new Declared(bean, handles.transaction(), List.of(handles.terminal())));
        if (other != null && other.bean().getBeanClass() != bean.getBeanClass()) {
            event.addDefinitionError(new Refused("task type \"" + handles.value() + "\" is handled twice: by "
                    + other.bean().getBeanClass().getName() + " and by "
                    + bean.getBeanClass().getName()));
        }
    }

    void remember(@Observes AfterDeploymentValidation event, BeanManager beans) {
        manager = beans;
    }

    /** The task types that some bean handles. */
    public Set<String> types() {
        return Set.copyOf(handlers.keySet());
    }

    /** The class that handles a type. */
    public Class<?> handlerClass(String type) {
        return declared(type).bean().getBeanClass();
    }

    /** What of that handler's work commits together; nothing where there is none. */
    public HandlerTransaction transaction(String type) {
        Declared declared = handlers.get(type);
        return declared == null ? HandlerTransaction.NONE : declared.transaction();
    }

    /** Whether that handler declared the failure to be final. */
    public boolean isTerminal(String type, Throwable failure) {
        return declared(type).terminal().stream().anyMatch(one -> one.isInstance(failure));
    }

    /** Hands the type's handler to the call; a dependent bean lives for that call only. */
    public <R> R with(String type, Function<Handler<?>, R> call) {
        BeanManager beans = manager;
        if (beans == null) {
            throw new IllegalStateException("the deployment is not complete");
        }
        Bean<?> bean = declared(type).bean();
        CreationalContext<?> context = beans.createCreationalContext(bean);
        try {
            return call.apply((Handler<?>) beans.getReference(bean, bean.getBeanClass(), context));
        } finally {
            if (bean.getScope() == Dependent.class) {
                context.release();
            }
        }
    }

    private Declared declared(String type) {
        Declared declared = handlers.get(type);
        if (declared == null) {
            throw new IllegalArgumentException("no handler of type " + type);
        }
        return declared;
    }

    /** One line in the server's log, without a stack trace. */
    private static final class Refused extends DefinitionException {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
            setStackTrace(new StackTraceElement[0]);
        }
    }
}
