package dev.leasehold.client;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text that a server stores: no U+0000 and no half of a surrogate pair (decisions 7). */
final class Text {

    /** The most UTF-16 units of an error that a server keeps. */
    static final int LONGEST_ERROR = 8000;

    private static final char REPLACEMENT = '\uFFFD';

    private Text() {}

    /** The text itself, when it can be stored. */
    static String whole(String text) {
        if (!text.equals(clean(text, text.length()))) {
            throw new IllegalArgumentException("text must not have U+0000 or half a surrogate pair");
        }
        return text;
    }

    /** UTF-8 that can be stored, as text. */
    static String decoded(byte[] utf8) {
        try {
            return whole(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the bytes are not UTF-8", e);
        }
    }

    /** An error as it can be stored: cleaned and cut, and never empty. */
    static String error(String message) {
        return message.isEmpty() ? "no message" : clean(message, LONGEST_ERROR);
    }

    private static String clean(String text, int longest) {
        int end = Math.min(text.length(), longest);
        StringBuilder clean = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                clean.append(c).append(text.charAt(++i));
            } else {
                clean.append(c == 0 || Character.isSurrogate(c) ? REPLACEMENT : c);
            }
        }
        return clean.toString();
    }
}
