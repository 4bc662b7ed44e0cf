/** Nodes tell one another at once that there may be work; without that they find it by polling. */
@NullMarked
package dev.leasehold.wake;

import org.jspecify.annotations.NullMarked;
