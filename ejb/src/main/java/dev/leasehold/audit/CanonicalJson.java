package dev.leasehold.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON of which every value has one form, that of RFC 8785: members sorted by their UTF-16 code units, no space, the
 * shortest escapes. Numbers are whole here, and no greater than a double holds exactly.
 */
public final class CanonicalJson {

    private static final long GREATEST = (1L << 53) - 1;
    private static final String SHORT_ESCAPES = "\"\\\b\t\n\f\r";
    private static final String ESCAPE_LETTERS = "\"\\btnfr";

    /** A text that is canonical already. */
    record Raw(String text) {}

    private CanonicalJson() {}

    /**
     * The canonical text of maps, lists, strings, whole numbers, booleans and null.
     *
     * @throws IllegalArgumentException for anything else, and for half a surrogate pair
     */
    public static String of(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    /** SHA-256 of a text's UTF-8, in lower-case hexadecimal. */
    public static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The digest as it is shown, with the name of what made it. */
    public static String digest(String canonical) {
        return "sha256:" + sha256(canonical);
    }

    private static void write(@Nullable Object value, StringBuilder text) {
        if (value instanceof Map<?, ?> members) {
            object(members, text);
        } else if (value instanceof List<?> items) {
            array(items, text);
        } else if (value instanceof String string) {
            string(string, text);
        } else if (value instanceof Raw raw) {
            text.append(raw.text());
        } else {
            text.append(plain(value));
        }
    }

    private static String plain(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return String.valueOf(value);
        }
        if (value instanceof Integer || value instanceof Long) {
            long number = ((Number) value).longValue();
            if (number >= -GREATEST && number <= GREATEST) {
                return Long.toString(number);
            }
        }
        throw new IllegalArgumentException("has no canonical form here: " + value.getClass());
    }

    private static void object(Map<?, ?> members, StringBuilder text) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        members.forEach((name, value) -> sorted.put((String) name, value));
        String separator = "{";
        for (Map.Entry<String, @Nullable Object> member : sorted.entrySet()) {
            string(member.getKey(), text.append(separator));
            write(member.getValue(), text.append(':'));
            separator = ",";
        }
        text.append(sorted.isEmpty() ? "{}" : "}");
    }

    private static void array(List<?> items, StringBuilder text) {
        text.append('[');
        for (Iterator<?> rest = items.iterator(); rest.hasNext(); ) {
            write(rest.next(), text);
            text.append(rest.hasNext() ? "," : "");
        }
        text.append(']');
    }

    private static void string(String string, StringBuilder text) {
        if (Arrays.stream(string.codePoints().toArray()).anyMatch(CanonicalJson::isHalf)) {
            throw new IllegalArgumentException("half a surrogate pair has no UTF-8");
        }
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            character(string.charAt(i), text);
        }
        text.append('"');
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static void character(char one, StringBuilder text) {
        int letter = SHORT_ESCAPES.indexOf(one);
        if (letter >= 0) {
            text.append('\\').append(ESCAPE_LETTERS.charAt(letter));
        } else if (one < ' ') {
            text.append("\\u00").append(HexFormat.of().toHexDigits((byte) one));
        } else {
            text.append(one);
        }
    }
}
