package dev.leasehold.wait;

import dev.leasehold.audit.Effect;
import dev.leasehold.audit.Effect.Cause;
import dev.leasehold.audit.EffectType;
import dev.leasehold.sql.WaitRow;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the audit says of waits. */
final class WaitAudit {

    private WaitAudit() {}

    static Effect opened(WaitRow wait) {
        return effect(EffectType.WAIT_OPENED, Cause.of(OpenWaits.class, wait.reason()), null, wait);
    }

    static Effect resolved(WaitRow before, WaitRow after, @Nullable String reason) {
        return effect(EffectType.WAIT_RESOLVED, Cause.of(ResolveWaits.class, reason), state(before), after);
    }

    private static Effect effect(EffectType type, Cause cause, @Nullable Map<String, ?> before, WaitRow wait) {
        return Effect.of(type, cause, before, state(wait))
                .run(wait.run())
                .with("wait_id", wait.id())
                .with("version", wait.end().eventSeq());
    }

    private static Map<String, String> state(WaitRow wait) {
        return Map.of("wait_id", wait.id(), "status", wait.status());
    }
}
