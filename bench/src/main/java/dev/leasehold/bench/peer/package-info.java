/** The other systems, each at its best documented settings. */
@NullMarked
package dev.leasehold.bench.peer;

import org.jspecify.annotations.NullMarked;
