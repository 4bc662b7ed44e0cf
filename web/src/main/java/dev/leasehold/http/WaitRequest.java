package dev.leasehold.http;

import dev.leasehold.api.Awaited;
import dev.leasehold.api.OnTimeout;
import dev.leasehold.api.WaitKind;
import dev.leasehold.fault.InvalidRequest;
import dev.leasehold.run.Order;
import dev.leasehold.wait.NewWait;
import dev.leasehold.wait.PayloadSchema;
import dev.leasehold.wait.ResolveWaits;
import dev.leasehold.wait.SendSignals;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads waits that are to be opened, and what resolves them. */
final class WaitRequest {

    private static final int LONGEST_ID = 200;
    private static final int LONGEST_KEY = 512;
    private static final int LONGEST_NAME = 255;
    private static final int MOST_MEMBERS = 15;
    private static final int LARGEST_PAYLOAD = 16 << 10;
    private static final Set<String> TYPES = Set.of("string", "number", "boolean", "array", "object");

    private static final String SIGNAL_NAME = "must be 1 to 128 of letters, digits and . _ - :";

    private WaitRequest() {}

    /** What is to be waited for. */
    static NewWait of(Members members) {
        String id = members.required("wait_id", members.text("wait_id"));
        if (!isId(id)) {
            throw members.refuse("wait_id", "must have 1 to " + LONGEST_ID + " characters, none of them a control");
        }
        return new NewWait(id, awaited(members), schema(members));
    }

    /** The same without a name of its own: the member {@code wait} of a suspension. */
    static @Nullable Awaited suspension(Members outcome) {
        return outcome.has("wait") ? awaited(outcome.part("wait", "kind", "name", "wake_at", "timeout")) : null;
    }

    private static Awaited awaited(Members members) {
        WaitKind kind = word(members, "kind", WaitKind.values());
        if (kind == WaitKind.TIMER) {
            members.required("wake_at", members.number("wake_at"));
        }
        return new Awaited(
                kind,
                name(kind, members),
                members.has("wake_at") ? Fields.instant(members, "wake_at") : null,
                members.has("timeout")
                        ? timeout(
                                members.part("timeout", "timeout_at", "on_timeout", "escalate_to", "remind_every_secs"))
                        : null);
    }

    private static @Nullable String name(WaitKind kind, Members members) {
        String name = members.text("name");
        if (kind != WaitKind.SIGNAL) {
            if (name != null) {
                throw members.refuse("name", "must be absent unless kind is signal");
            }
            return null;
        }
        if (!Awaited.isName(members.required("name", name))) {
            throw members.refuse("name", SIGNAL_NAME);
        }
        return name;
    }

    private static Awaited.Timeout timeout(Members timeout) {
        String escalateTo = timeout.text("escalate_to");
        if (escalateTo != null && !isText(escalateTo, LONGEST_NAME)) {
            throw timeout.refuse(
                    "escalate_to", "must have 1 to " + LONGEST_NAME + " characters, none of them a control");
        }
        BigDecimal every = timeout.number("remind_every_secs");
        return new Awaited.Timeout(
                Fields.instant(timeout, "timeout_at"),
                word(timeout, "on_timeout", OnTimeout.values()),
                escalateTo,
                every == null
                        ? null
                        : Fields.seconds(
                                timeout, "remind_every_secs", new Fields.Bounds(1, 31_536_000), Duration.ZERO));
    }

    private static PayloadSchema schema(Members members) {
        Map<String, String> types = new LinkedHashMap<>();
        if (!members.isObject("schema") && members.has("schema")) {
            throw members.refuse("schema", "must be an object");
        }
        if (members.all().get("schema") instanceof Map<?, ?> given) {
            given.forEach((name, type) -> types.put(String.valueOf(name), String.valueOf(type)));
        }
        types.forEach((name, type) -> {
            if (!TYPES.contains(type) || !isText(name, LONGEST_NAME)) {
                throw members.refuse("schema." + name, "must be string, number, boolean, array or object");
            }
        });
        if (types.size() > MOST_MEMBERS) {
            throw members.refuse("schema", "must have at most " + MOST_MEMBERS + " members");
        }
        return new PayloadSchema(types);
    }

    /** What a wait is resolved with. */
    static ResolveWaits.Request resolution(String id, Members members) {
        String key = members.required("idempotency_key", members.text("idempotency_key"));
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw new InvalidResolution(LONGEST_KEY);
        }
        byte[] json = json(members);
        return new ResolveWaits.Request(id, key, text(json), types(json), Fields.reason(members));
    }

    /** What a run is told. */
    static SendSignals.Request signal(Order order, String name, Members members) {
        if (!Awaited.isName(name)) {
            throw members.refuse("name", SIGNAL_NAME);
        }
        return new SendSignals.Request(order, name, text(json(members)));
    }

    private static byte @Nullable [] json(Members members) {
        byte[] json = members.part("payload", "json").document("json");
        if (json != null && json.length > LARGEST_PAYLOAD) {
            throw new InvalidResolution.TooLarge(LARGEST_PAYLOAD);
        }
        return json;
    }

    private static @Nullable String text(byte @Nullable [] json) {
        return json == null ? null : new String(json, StandardCharsets.UTF_8);
    }

    private static Map<String, String> types(byte @Nullable [] json) {
        Map<String, String> types = new LinkedHashMap<>();
        if (json != null && json[0] == '{') {
            JsonBody.read(json, (path, why) -> new InvalidRequest("payload.json." + path, why))
                    .all()
                    .forEach((name, value) -> types.put(name, type(value)));
        }
        return types;
    }

    private static String type(@Nullable Object value) {
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof Boolean) {
            return "boolean";
        }
        if (value instanceof Digits) {
            return "number";
        }
        return value instanceof Map ? "object" : value == null ? "null" : "array";
    }

    /** Whether a wait can have that id. */
    static boolean isId(String text) {
        return isText(text, LONGEST_ID);
    }

    private static boolean isText(String text, int longest) {
        return !text.isEmpty()
                && text.length() <= longest
                && Text.isWhole(text)
                && text.codePoints().noneMatch(Character::isISOControl);
    }

    private static <E extends Enum<E>> E word(Members members, String name, E[] values) {
        String given = members.required(name, members.text(name));
        return Arrays.stream(values)
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(given))
                .findFirst()
                .orElseThrow(() -> members.refuse(
                        name, "must be one of " + Arrays.toString(values).toLowerCase(Locale.ROOT)));
    }
}
