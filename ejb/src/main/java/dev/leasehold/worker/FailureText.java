package dev.leasehold.worker;

/** What an attempt's record says of what a handler threw. */
final class FailureText {

    private static final int CAUSES = 5;

    private FailureText() {}

    /** It and its first causes. */
    static String of(Throwable failure) {
        StringBuilder text = new StringBuilder(failure.toString());
        Throwable cause = failure.getCause();
        for (int i = 0; cause != null && i < CAUSES; i++) {
            text.append("; caused by ").append(cause);
            cause = cause.getCause();
        }
        return text.toString();
    }
}
