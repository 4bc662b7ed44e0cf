/** Dead letters: runs that failed for good, and what is done about them. */
@NullMarked
package dev.leasehold.letter;

import org.jspecify.annotations.NullMarked;
