/** What runs wait for beside an instant: timers, approvals, deliveries and whatever else somebody resolves. */
@NullMarked
package dev.leasehold.wait;

import org.jspecify.annotations.NullMarked;
