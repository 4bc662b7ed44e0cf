package dev.leasehold.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that a task carries, or that an attempt left behind, with the form in which JSON shows them (decisions 7).
 * Equal when content type, form and bytes are.
 */
public final class Payload {

    /** The member of the JSON form that holds the bytes. */
    public enum Form {
        /** The bytes are a JSON document and are kept as they came. */
        JSON,
        /** The bytes are UTF-8. */
        TEXT,
        /** The bytes are opaque. */
        BASE64
    }

    private final @Nullable String contentType;
    private final Form form;
    private final byte[] bytes;

    private Payload(@Nullable String contentType, Form form, byte[] bytes) {
        this.contentType = contentType;
        this.form = form;
        this.bytes = bytes;
    }

    /** JSON text, kept to the byte. It is not parsed here. */
    public static Payload json(String json) {
        return new Payload("application/json", Form.JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Plain text. */
    public static Payload text(String text) {
        return new Payload("text/plain", Form.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Opaque bytes. */
    public static Payload bytes(byte[] bytes) {
        return new Payload("application/octet-stream", Form.BASE64, bytes.clone());
    }

    /** Bytes of any form under a content type of the caller's choice. */
    public static Payload of(@Nullable String contentType, Form form, byte[] bytes) {
        return new Payload(contentType, form, bytes.clone());
    }

    /** The content type as submitted, or null when none was given. */
    public @Nullable String contentType() {
        return contentType;
    }

    /** How JSON shows the bytes. */
    public Form form() {
        return form;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many bytes there are. */
    public int size() {
        return bytes.length;
    }

    /** The bytes read as UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Payload that
                && form == that.form
                && Objects.equals(contentType, that.contentType)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(contentType, form, Arrays.hashCode(bytes));
    }

    @Override
    public String toString() {
        return "Payload[" + contentType + ", " + form + ", " + bytes.length + " bytes]";
    }
}
