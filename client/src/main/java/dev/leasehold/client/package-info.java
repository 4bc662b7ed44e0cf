/** The API of a Leasehold server for programs elsewhere: plain Java, no Jakarta EE. */
@NullMarked
package dev.leasehold.client;

import org.jspecify.annotations.NullMarked;
