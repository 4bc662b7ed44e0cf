/** The one clock, corrected to the database's, and the ids that are made from it. */
@NullMarked
package dev.leasehold.time;

import org.jspecify.annotations.NullMarked;
