/** Runs handlers inside the server: claims as many runs as threads wait, and batches what they finish. */
@NullMarked
package dev.leasehold.worker;

import org.jspecify.annotations.NullMarked;
