/** What is over for long goes. */
@NullMarked
package dev.leasehold.retention;

import org.jspecify.annotations.NullMarked;
