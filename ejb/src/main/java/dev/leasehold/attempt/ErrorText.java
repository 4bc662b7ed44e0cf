package dev.leasehold.attempt;

/** Makes a failure's message fit to be stored: no U+0000, no lone surrogate, no more than is useful (decisions 7). */
public final class ErrorText {

    /** The most UTF-16 units that are kept. */
    public static final int LONGEST = 8000;

    private static final char REPLACEMENT = '\uFFFD';

    private ErrorText() {}

    /** The message, cleaned and cut. */
    public static String clean(String message) {
        return clean(message, LONGEST);
    }

    /** The message, cleaned and cut to that many UTF-16 units. */
    public static String clean(String message, int longest) {
        StringBuilder clean = new StringBuilder();
        int end = Math.min(message.length(), longest);
        for (int i = 0; i < end; i++) {
            char c = message.charAt(i);
            boolean pair =
                    Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(message.charAt(i + 1));
            if (pair) {
                clean.append(c).append(message.charAt(++i));
            } else {
                clean.append(c == 0 || Character.isSurrogate(c) ? REPLACEMENT : c);
            }
        }
        return clean.toString();
    }
}
