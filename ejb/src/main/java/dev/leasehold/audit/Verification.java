package dev.leasehold.audit;

import org.jspecify.annotations.Nullable;

/**
 * What a look at a whole chain found.
 *
 * @param checked how many records there were
 * @param violation where the chain is broken first; null where it is whole
 */
public record Verification(long checked, @Nullable Violation violation) {}
