/** The benchmark: what is run, in which order, and the processes it is run in. */
@NullMarked
package dev.leasehold.bench;

import org.jspecify.annotations.NullMarked;
