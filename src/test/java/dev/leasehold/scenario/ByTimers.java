package dev.leasehold.scenario;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Scenarios on a server that lives by its own clock and timers: nothing is reset between them. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface ByTimers {}
