package dev.leasehold.worker;

import dev.leasehold.api.Outcome;

/** Rolls a transaction back; what is reported instead of the result that it would have stored. */
final class RolledBack extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Outcome instead;

    RolledBack(Outcome instead) {
        super(null, null, false, false);
        this.instead = instead;
    }

    Outcome instead() {
        return instead;
    }
}
