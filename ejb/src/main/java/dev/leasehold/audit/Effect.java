package dev.leasehold.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a command did to one thing: a record of the audit to be.
 *
 * @param type what it did
 * @param about the run that it is about, if it is about one
 * @param payload what the record says
 */
public record Effect(EffectType type, @Nullable UUID about, Map<String, @Nullable Object> payload) {

    /**
     * By which command, and why.
     *
     * @param command the command's own name
     * @param reason in the words of whoever asked
     */
    public record Cause(String command, @Nullable String reason) {

        /** Of a command that was asked for a reason. */
        public static Cause of(Class<?> command, @Nullable String reason) {
            return new Cause(command.getSimpleName(), reason);
        }
    }

    /**
     * An effect.
     *
     * @param before the thing as it was; null where there was none
     * @param after the thing as it is; both must have a canonical form
     */
    public static Effect of(
            EffectType type, Cause cause, @Nullable Map<String, ?> before, @Nullable Map<String, ?> after) {
        Map<String, @Nullable Object> payload = new HashMap<>();
        payload.put("command", cause.command());
        payload.put("reason", cause.reason());
        payload.put("before", digest(before));
        payload.put("after", digest(after));
        return new Effect(type, null, payload);
    }

    /** The same, naming a run that it is about. */
    public Effect run(UUID run) {
        return new Effect(type, run, with("run_id", run.toString()).payload());
    }

    /** The same, saying more: null, or a string, a whole number, a boolean. */
    public Effect with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> more = new HashMap<>(payload);
        more.put(name, value);
        return new Effect(type, about, more);
    }

    private static @Nullable String digest(@Nullable Map<String, ?> state) {
        return state == null ? null : CanonicalJson.digest(CanonicalJson.of(state));
    }
}
