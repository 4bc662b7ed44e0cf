/**
 * Tests of handlers without a server: {@link dev.leasehold.testing.TestQueue} attempts their runs on a database of the test's
 * own, {@link dev.leasehold.testing.CrashExplorer} lets processes die and leases lapse at every step of them.
 */
@NullMarked
package dev.leasehold.testing;

import org.jspecify.annotations.NullMarked;
