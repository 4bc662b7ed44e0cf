package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** What may come in as text (decisions 7). */
final class Text {

    private Text() {}

    /**
     * Looks at every byte; the parser alone would let some sequences pass that are none.
     *
     * @throws MalformedJson at the first byte that is not UTF-8
     */
    static void requireUtf8(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(in);
        } catch (CharacterCodingException e) {
            int line = 1;
            int column = 1;
            for (int i = 0; i < in.position(); i++) {
                column = bytes[i] == '\n' ? 1 : column + 1;
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw new MalformedJson(line, column);
        }
    }

    /** Whether it has neither U+0000 nor half of a surrogate pair. */
    static boolean isWhole(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || isHalf(c));
    }

    /** The text, unless it has one of those. */
    static String whole(String text, Function<String, Fault> refusal) {
        if (!isWhole(text)) {
            throw refusal.apply("must not contain U+0000 or a lone surrogate");
        }
        return text;
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
