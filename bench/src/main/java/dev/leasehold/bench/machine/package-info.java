/** The database of the benchmark, and what is read from the machine while a case runs. */
@NullMarked
package dev.leasehold.bench.machine;

import org.jspecify.annotations.NullMarked;
