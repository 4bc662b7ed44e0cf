/** What a system under test implements and what it is given. */
@NullMarked
package dev.leasehold.bench.contender;

import org.jspecify.annotations.NullMarked;
