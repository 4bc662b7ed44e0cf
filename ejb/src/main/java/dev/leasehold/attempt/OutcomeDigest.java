package dev.leasehold.attempt;

import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Tells whether two reports say the same: the first 128 bits of SHA-256 over all that an outcome says (decisions 10). */
final class OutcomeDigest {

    private static final Map<Outcome.Kind, UUID> OF_A_KIND = new ConcurrentHashMap<>();

    private final MessageDigest sha = sha256();

    private OutcomeDigest() {}

    static UUID of(Outcome outcome) {
        boolean more = outcome.error() != null
                || outcome.after() != null
                || outcome.output() != null
                || outcome.awaited() != null;
        return more ? digest(outcome) : OF_A_KIND.computeIfAbsent(outcome.kind(), kind -> digest(outcome));
    }

    private static UUID digest(Outcome outcome) {
        OutcomeDigest digest = new OutcomeDigest();
        digest.text(outcome.kind().name());
        digest.text(outcome.error());
        digest.text(outcome.after() == null ? null : outcome.after().toString());
        if (outcome.awaited() != null) {
            digest.text(outcome.awaited().toString());
        }
        Payload output = outcome.output();
        if (output != null) {
            digest.text(output.contentType());
            digest.text(output.form().name());
            digest.bytes(output.bytes());
        }
        ByteBuffer bytes = ByteBuffer.wrap(digest.sha.digest());
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private void text(@Nullable String text) {
        if (text == null) {
            sha.update((byte) '-');
        } else {
            bytes(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void bytes(byte[] bytes) {
        sha.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        sha.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
