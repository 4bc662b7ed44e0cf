package dev.leasehold.http;

import dev.leasehold.api.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a payload in decisions 7's shape. */
final class PayloadRequest {

    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private PayloadRequest() {}

    /** A payload that may be absent, under that name. */
    static @Nullable Payload of(Members owner, String name) {
        if (!owner.has(name)) {
            return null;
        }
        Members payload = owner.part(name, "content_type", "json", "text", "base64");
        String contentType = payload.text("content_type");
        String text = payload.text("text");
        String base64 = payload.text("base64");
        byte[] json = json(payload, text != null || base64 != null);
        if (Stream.of(json != null, text != null, base64 != null)
                        .filter(given -> given)
                        .count()
                != 1) {
            throw owner.refuse(name, "must have exactly one of json, text and base64");
        }
        if (json != null) {
            return Payload.of(contentType, Payload.Form.JSON, json);
        }
        return text != null
                ? Payload.of(contentType, Payload.Form.TEXT, text.getBytes(StandardCharsets.UTF_8))
                : Payload.of(contentType, Payload.Form.BASE64, decoded(payload, Objects.requireNonNull(base64)));
    }

    /** A null is the document {@code null} where nothing else is given, and absent where something is. */
    private static byte @Nullable [] json(Members payload, boolean otherGiven) {
        byte[] json = payload.document("json");
        return otherGiven && Arrays.equals(json, NULL) ? null : json;
    }

    private static byte[] decoded(Members payload, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw payload.refuse("base64", "must be base64 (RFC 4648, section 4)");
        }
    }
}
