package dev.leasehold.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Tests of a server that have the same to tell on either database: they meet H2 on WildFly and PostgreSQL on Payara, by
 * the tag that the build leaves out of the other two runs.
 */
@Tag("one-database")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OneDatabase {

    /** Why the database makes no difference, and which tests are about what it does. */
    String value();
}
