package dev.leasehold.run;

import dev.leasehold.api.HoldPolicy;
import dev.leasehold.sql.PermitScope;
import dev.leasehold.sql.PermitStatement.Held;

/** For how long a run keeps the permits that it was leased with. */
final class Keeping {

    private static final String THROUGH_RETRIES = HoldPolicy.HOLD_DURING_RETRY.word();

    private Keeping() {}

    /**
     * Whether the run keeps the permit in that state: every one while it is leased; its concurrency key also while it
     * waits to go on, once an attempt was started and unless it releases it on retry (AQ 6.5).
     */
    static boolean keeps(Held held, RunState state) {
        if (state == RunState.LEASED || state == RunState.RUNNING) {
            return true;
        }
        return !state.terminal()
                && held.scope() == PermitScope.KEY
                && held.policy().equals(THROUGH_RETRIES)
                && held.attemptsStarted() > 0;
    }
}
