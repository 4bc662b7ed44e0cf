/** Why a run is not running: every gate that a claim tests, each with who or what keeps it closed. */
@NullMarked
package dev.leasehold.explain;

import org.jspecify.annotations.NullMarked;
