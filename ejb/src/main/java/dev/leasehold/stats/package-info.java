/** How many there are of everything, exactly and without counting. */
@NullMarked
package dev.leasehold.stats;

import org.jspecify.annotations.NullMarked;
