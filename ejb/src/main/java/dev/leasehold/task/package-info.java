/** What was asked for: its specification, its checks and its submission. */
@NullMarked
package dev.leasehold.task;

import org.jspecify.annotations.NullMarked;
