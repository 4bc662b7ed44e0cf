/** The right of one worker to one run, and its fence. */
@NullMarked
package dev.leasehold.lease;

import org.jspecify.annotations.NullMarked;
