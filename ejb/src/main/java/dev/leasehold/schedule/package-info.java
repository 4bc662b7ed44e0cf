/** Tasks that recur: the instants that an expression names, and the runs that are derived from them. */
@NullMarked
package dev.leasehold.schedule;

import org.jspecify.annotations.NullMarked;
