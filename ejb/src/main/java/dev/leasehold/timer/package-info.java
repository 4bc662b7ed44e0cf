/** The duties that repeat: programmatic timers which call commands and let nothing reach the container. */
@NullMarked
package dev.leasehold.timer;

import org.jspecify.annotations.NullMarked;
