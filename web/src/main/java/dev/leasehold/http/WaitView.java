package dev.leasehold.http;

import dev.leasehold.api.Payload;
import dev.leasehold.fault.Fault;
import dev.leasehold.sql.WaitRow;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a wait is shown. */
final class WaitView {

    private WaitView() {}

    static void require(@Nullable Fault refusal) {
        if (refusal != null) {
            throw refusal;
        }
    }

    /** Its members, and what it was resolved with. */
    static Map<String, Object> full(WaitRow wait) {
        return item(wait).with("payload", payload(wait.end().payload())).members();
    }

    /** What came with it. */
    static @Nullable Payload payload(@Nullable String json) {
        return json == null ? null : Payload.of(null, Payload.Form.JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Its members. */
    static Map<String, Object> of(WaitRow wait) {
        return item(wait).members();
    }

    private static Item item(WaitRow wait) {
        return Item.of("wait_id", wait.id())
                .with("run_id", wait.run())
                .with("wait_kind", wait.kind())
                .with("name", wait.name())
                .with("status", wait.status())
                .with("blocks", wait.blocks())
                .with("reason", wait.reason())
                .with("wake_at", wait.wakeAt())
                .with("timeout", timeout(wait.timeout()))
                .with("event_seq", wait.end().eventSeq())
                .with("created_at", wait.createdAt())
                .with("updated_at", wait.updatedAt())
                .with("completed_at", wait.end().at());
    }

    private static @Nullable Map<String, Object> timeout(WaitRow.@Nullable Timeout timeout) {
        return timeout == null
                ? null
                : Item.of("timeout_at", timeout.at())
                        .with("on_timeout", timeout.action())
                        .with("escalate_to", timeout.escalateTo())
                        .with("remind_every_secs", timeout.remindEvery())
                        .with("reminder_count", timeout.reminders())
                        .with("last_reminded_at", timeout.remindedAt())
                        .members();
    }
}
