/** One try at a run: starting it, judging its outcome, recording it. */
@NullMarked
package dev.leasehold.attempt;

import org.jspecify.annotations.NullMarked;
