/** What a database's own catalogs and statistics say of it; no table of runs or of their history is read. */
@NullMarked
package dev.leasehold.sql.catalog;

import org.jspecify.annotations.NullMarked;
