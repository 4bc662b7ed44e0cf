/** A run, its states, the transition table and its history. */
@NullMarked
package dev.leasehold.run;

import org.jspecify.annotations.NullMarked;
