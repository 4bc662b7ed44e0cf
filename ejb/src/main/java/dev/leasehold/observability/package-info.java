/** What an operator is to see of a run at one look: how it stands, what blocks it, and what may be done (tandem 6.1). */
@NullMarked
package dev.leasehold.observability;

import org.jspecify.annotations.NullMarked;
