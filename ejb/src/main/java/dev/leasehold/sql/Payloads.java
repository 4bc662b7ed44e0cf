package dev.leasehold.sql;

import dev.leasehold.api.Payload;
import org.jspecify.annotations.Nullable;

/** The three columns of a payload or an output, all null when there is none. */
public final class Payloads {

    private Payloads() {}

    /** The content type's column. */
    public static @Nullable String contentType(@Nullable Payload payload) {
        return payload == null ? null : payload.contentType();
    }

    /** The form's column. */
    public static @Nullable String form(@Nullable Payload payload) {
        return payload == null ? null : payload.form().name();
    }

    /** The bytes' column. */
    public static byte @Nullable [] bytes(@Nullable Payload payload) {
        return payload == null ? null : payload.bytes();
    }
}
