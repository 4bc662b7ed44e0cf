package dev.leasehold.client;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that a task carries or that an attempt leaves behind, with the form in which JSON shows them (decisions 7); up to
 * 1 MiB unless the server says otherwise. Equal when content type, form and bytes are.
 */
@JsonSerialize(using = PayloadJson.Writer.class)
@JsonDeserialize(using = PayloadJson.Reader.class)
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

    /**
     * A JSON document, kept to the byte.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Payload json(String json) {
        return of("application/json", Form.JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Plain text.
     *
     * @throws IllegalArgumentException when it has U+0000 or half a surrogate pair
     */
    public static Payload text(String text) {
        return of("text/plain", Form.TEXT, Text.whole(text).getBytes(StandardCharsets.UTF_8));
    }

    /** Opaque bytes. */
    public static Payload bytes(byte[] bytes) {
        return of("application/octet-stream", Form.BASE64, bytes);
    }

    /**
     * Bytes of any form.
     *
     * @param contentType 1 to 255 printable ASCII characters, or null for none
     * @throws IllegalArgumentException when the bytes are not of that form
     */
    public static Payload of(@Nullable String contentType, Form form, byte[] bytes) {
        switch (form) {
            case JSON -> Json.check(bytes);
            case TEXT -> Text.decoded(bytes);
            case BASE64 -> {}
        }
        return new Payload(contentType, form, bytes.clone());
    }

    /** What the server sent, which has checked it. */
    static Payload received(@Nullable String contentType, Form form, byte[] bytes) {
        return new Payload(contentType, form, bytes);
    }

    /** The same bytes under another content type. */
    public Payload as(@Nullable String other) {
        return new Payload(other, form, bytes);
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
