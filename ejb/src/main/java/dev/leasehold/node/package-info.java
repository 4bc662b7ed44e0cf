/** One server process: its settings, its database, its start. */
@NullMarked
package dev.leasehold.node;

import org.jspecify.annotations.NullMarked;
