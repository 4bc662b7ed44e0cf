/** What nodes carry out now: what each knows of that itself, compared with the leases, which win. */
@NullMarked
package dev.leasehold.registry;

import org.jspecify.annotations.NullMarked;
