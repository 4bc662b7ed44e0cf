/**
 * The HTTP API: requests become commands, what they answer becomes JSON, refusals become errors. Reads a body to the
 * byte and obeys every member that it accepts.
 */
@NullMarked
package dev.leasehold.http;

import org.jspecify.annotations.NullMarked;
