/** The part of the benchmark within the server: who enqueues, and a handler that notes when it was called. */
@NullMarked
package dev.leasehold.bench.server;

import org.jspecify.annotations.NullMarked;
