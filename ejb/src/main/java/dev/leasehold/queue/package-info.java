/** Queues: which of them are paused. */
@NullMarked
package dev.leasehold.queue;

import org.jspecify.annotations.NullMarked;
