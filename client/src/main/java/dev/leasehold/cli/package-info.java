/** The command line {@code leasehold}: exit codes and errors by AQ 10. */
@NullMarked
package dev.leasehold.cli;

import org.jspecify.annotations.NullMarked;
