/** Answers that are kept for whoever repeats a question. */
@NullMarked
package dev.leasehold.idempotency;

import org.jspecify.annotations.NullMarked;
