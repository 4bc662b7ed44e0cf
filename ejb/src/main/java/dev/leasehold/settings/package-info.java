/** What an operator may set, in one place, checked at start. */
@NullMarked
package dev.leasehold.settings;

import org.jspecify.annotations.NullMarked;
