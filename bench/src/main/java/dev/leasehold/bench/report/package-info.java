/** Results, their statistics and their tables. */
@NullMarked
package dev.leasehold.bench.report;

import org.jspecify.annotations.NullMarked;
