/** What this process counts as it works: families of counters and histograms, fed after each commit. */
@NullMarked
package dev.leasehold.metric;

import org.jspecify.annotations.NullMarked;
