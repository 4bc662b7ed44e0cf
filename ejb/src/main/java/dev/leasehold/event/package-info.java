/** What happened: a run's events, the feed of all, and the proof that rows are what their events tell. */
@NullMarked
package dev.leasehold.event;

import org.jspecify.annotations.NullMarked;
