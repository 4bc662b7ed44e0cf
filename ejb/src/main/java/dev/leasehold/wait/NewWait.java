package dev.leasehold.wait;

import dev.leasehold.api.Awaited;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.WaitRow;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A wait that is to be opened.
 *
 * @param id 1 to 200 characters, none of them a control; the tenant has it once
 * @param awaited what is waited for
 * @param schema what it must be resolved with
 */
public record NewWait(String id, Awaited awaited, PayloadSchema schema) {

    /** What an attempt suspended for; it is named for the attempt. */
    public static NewWait of(UUID attempt, Awaited awaited) {
        return new NewWait(attempt.toString(), awaited, new PayloadSchema(Map.of()));
    }

    /** As it is stored when it begins to block a run. */
    WaitRow row(LockedRun run, @Nullable String reason, Instant now) {
        return new WaitRow(
                run.tip().tenant(),
                id,
                run.id(),
                awaited.kind().word(),
                awaited.name(),
                WaitStatus.WAITING.word(),
                true,
                reason,
                awaited.wakeAt(),
                stored(awaited.timeout()),
                schema.types().isEmpty() ? null : schema.text(),
                new WaitRow.End(run.tip().version() + 1, null, null, null),
                now,
                now);
    }

    private static WaitRow.@Nullable Timeout stored(Awaited.@Nullable Timeout timeout) {
        return timeout == null
                ? null
                : new WaitRow.Timeout(
                        timeout.at(), timeout.action().word(), timeout.escalateTo(), timeout.remindEvery(), 0, null);
    }
}
