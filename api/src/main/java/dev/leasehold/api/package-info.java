/**
 * What an application sees of Leasehold: submitting tasks and handling their runs. Knows no EJB and nothing of the queue's database.
 */
@NullMarked
package dev.leasehold.api;

import org.jspecify.annotations.NullMarked;
