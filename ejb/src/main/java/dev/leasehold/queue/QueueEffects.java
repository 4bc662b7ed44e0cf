package dev.leasehold.queue;

import dev.leasehold.audit.Effect;
import dev.leasehold.audit.Effect.Cause;
import dev.leasehold.audit.EffectType;
import dev.leasehold.sql.LimitStatement.Limit;
import dev.leasehold.sql.LimitStatement.Setting;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the audit says of queues that were paused or resumed, and of limits that were set. */
final class QueueEffects {

    private QueueEffects() {}

    /** A queue that is paused now, or was until now; null stands for all of them. */
    static Effect paused(Class<?> command, PauseOrder order, boolean paused) {
        return Effect.of(
                        paused ? EffectType.QUEUE_PAUSED : EffectType.QUEUE_RESUMED,
                        Cause.of(command, order.reason()),
                        queue(order, !paused),
                        queue(order, paused))
                .with("queue", order.queue());
    }

    private static Map<String, @Nullable Object> queue(PauseOrder order, boolean paused) {
        Map<String, @Nullable Object> queue = new HashMap<>();
        queue.put("paused", paused);
        queue.put("queue", order.queue());
        return queue;
    }

    static Effect limited(Limit limit, Setting setting) {
        return Effect.of(
                        EffectType.LIMIT_SET,
                        Cause.of(SetLimits.class, limit.reason()),
                        limit(limit, setting.before()),
                        limit(limit, limit.most()))
                .with("scope", limit.scope().word())
                .with("name", limit.name())
                .with("limit", limit.most());
    }

    private static Map<String, @Nullable Object> limit(Limit limit, @Nullable Integer most) {
        Map<String, @Nullable Object> state = new HashMap<>();
        state.put("limit", most);
        state.put("name", limit.name());
        state.put("scope", limit.scope().word());
        return state;
    }
}
