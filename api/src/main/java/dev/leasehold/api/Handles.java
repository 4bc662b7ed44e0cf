package dev.leasehold.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the task type that a {@link Handler} works on. The class is a CDI bean by this annotation alone, application
 * scoped unless it declares another scope. A type that two beans handle stops the start of the queue.
 */
@Stereotype
@ApplicationScoped
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Handles {

    /** The task type: 1 to 128 of letters, digits and {@code . _ - :}. */
    String value();

    /** What of the handler's work commits together. */
    HandlerTransaction transaction() default HandlerTransaction.NONE;

    /**
     * Exceptions after which another attempt would be in vain, their subclasses included: where the handler throws one, its
     * run fails at once. Only what is thrown counts, not its causes.
     */
    Class<? extends Throwable>[] terminal() default {};
}
