/** The protected audit: what operators did, in a chain that nobody changes unseen. */
@NullMarked
package dev.leasehold.audit;

import org.jspecify.annotations.NullMarked;
