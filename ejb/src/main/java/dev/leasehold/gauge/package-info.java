/** What is read when somebody asks for the metrics: the database, the node and its threads. */
@NullMarked
package dev.leasehold.gauge;

import org.jspecify.annotations.NullMarked;
