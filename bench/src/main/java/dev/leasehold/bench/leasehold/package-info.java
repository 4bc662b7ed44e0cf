/** What drives Leasehold: its own statements by plain JDBC, and the released EAR on its server. */
@NullMarked
package dev.leasehold.bench.leasehold;

import org.jspecify.annotations.NullMarked;
