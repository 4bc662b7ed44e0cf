/** Who asks, and for which tenant. */
@NullMarked
package dev.leasehold.tenant;

import org.jspecify.annotations.NullMarked;
