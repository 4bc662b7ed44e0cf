/** The statements as H2 runs them. */
@NullMarked
package dev.leasehold.sql.h2;

import org.jspecify.annotations.NullMarked;
