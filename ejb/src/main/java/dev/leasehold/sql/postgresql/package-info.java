/** The statements as PostgreSQL runs them. */
@NullMarked
package dev.leasehold.sql.postgresql;

import org.jspecify.annotations.NullMarked;
