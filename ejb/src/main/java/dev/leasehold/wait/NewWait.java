package dev.leasehold.wait;

import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.WaitRow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wait that is to be opened.
 *
 * @param id 1 to 200 characters, none of them a control; the tenant has it once
 * @param kind what is waited for
 * @param wakeAt when it is over by itself; a timer has one
 * @param timeout what happens when it takes too long; null when it may take for ever
 * @param schema what it must be resolved with
 */
public record NewWait(
        String id,
        WaitKind kind,
        @Nullable Instant wakeAt,
        @Nullable Timeout timeout,
        PayloadSchema schema) {

    /** As it is stored when it begins to block a run. */
    WaitRow row(LockedRun run, @Nullable String reason, Instant now) {
        return new WaitRow(
                run.tip().tenant(),
                id,
                run.id(),
                kind.word(),
                WaitStatus.WAITING.word(),
                true,
                reason,
                wakeAt,
                timeout == null ? null : timeout.stored(),
                schema.types().isEmpty() ? null : schema.text(),
                new WaitRow.End(run.tip().version() + 1, null, null, null),
                now,
                now);
    }

    /**
     * What happens when it takes too long.
     *
     * @param at when that is
     * @param action what happens
     * @param escalateTo whom it concerns then
     * @param remindEvery how long until the next reminder
     */
    public record Timeout(
            Instant at,
            OnTimeout action,
            @Nullable String escalateTo,
            @Nullable Duration remindEvery) {
        private WaitRow.Timeout stored() {
            return new WaitRow.Timeout(at, action.word(), escalateTo, remindEvery, 0, null);
        }
    }
}
