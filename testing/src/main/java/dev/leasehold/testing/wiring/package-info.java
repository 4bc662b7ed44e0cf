/**
 * How the queue's beans are put together without a container. For {@code dev.leasehold.testing} and the queue's own tests; of no use
 * to applications.
 */
@NullMarked
package dev.leasehold.testing.wiring;

import org.jspecify.annotations.NullMarked;
