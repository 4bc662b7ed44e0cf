package dev.leasehold.task;

import dev.leasehold.api.Backoff;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Payload;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether two submissions under one id ask for the same: SHA-256 over the members that were given, each with its
 * name and length, absent ones left out, the payload by its bytes (decisions 2).
 */
final class Digest {

    private final MessageDigest sha = sha256();

    private Digest() {}

    static String of(NewTask task) {
        Digest digest = new Digest();
        digest.member("type", task.type());
        digest.member("queue", task.queue());
        digest.payload(task.payload());
        digest.member("run_policy", task.policy());
        digest.member("scheduled_at", task.scheduledAt());
        digest.member("max_attempts", task.maxAttempts());
        digest.backoff(task.backoff());
        digest.member("timeout", task.timeout());
        digest.member("safety_level", task.safety());
        if (task.tags() != null) {
            digest.member("tags", Tags.write(task.tags()));
        }
        digest.member("priority", task.priority());
        digest.member("description", task.description());
        digest.gates(task.gates());
        return HexFormat.of().formatHex(digest.sha.digest());
    }

    private void payload(@Nullable Payload payload) {
        if (payload != null) {
            member("payload.content_type", payload.contentType());
            member("payload.form", payload.form());
            bytes("payload", payload.bytes());
        }
    }

    private void gates(NewTask.Gates gates) {
        member("concurrency_key", gates.concurrencyKey());
        member("hold_policy", gates.hold());
        if (gates.capabilities() != null) {
            member("capabilities", Tags.write(gates.capabilities()));
        }
        member("rate", gates.rate());
        member("expires_at", gates.expiresAt());
        member("unique", gates.unique());
    }

    private void backoff(@Nullable Backoff backoff) {
        if (backoff != null) {
            member("backoff", backoff);
        }
    }

    private void member(String name, @Nullable Object value) {
        if (value != null) {
            bytes(name, value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void bytes(String name, byte[] value) {
        sha.update((name + "=" + value.length + ":").getBytes(StandardCharsets.UTF_8));
        sha.update(value);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
