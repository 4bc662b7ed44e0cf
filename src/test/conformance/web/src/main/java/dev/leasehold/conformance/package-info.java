/** The conformance kit (http.md 5): a clock, ticks and a scripted handler, for tests from outside. Never released. */
@NullMarked
package dev.leasehold.conformance;

import org.jspecify.annotations.NullMarked;
