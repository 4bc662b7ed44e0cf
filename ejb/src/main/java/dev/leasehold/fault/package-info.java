/** Refusals: one unchecked root, a kind each; nothing here knows HTTP. */
@NullMarked
package dev.leasehold.fault;

import org.jspecify.annotations.NullMarked;
