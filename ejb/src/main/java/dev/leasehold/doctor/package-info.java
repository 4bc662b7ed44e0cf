/** What is wrong with the database and with this node's way to it, and what mends it; nothing of it is about runs. */
@NullMarked
package dev.leasehold.doctor;

import org.jspecify.annotations.NullMarked;
