/** The statements that carry the load, for both databases, and the connection they run on. */
@NullMarked
package dev.leasehold.sql;

import org.jspecify.annotations.NullMarked;
