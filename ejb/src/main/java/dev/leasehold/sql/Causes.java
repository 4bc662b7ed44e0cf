package dev.leasehold.sql;

/** Reads chains of causes. */
public final class Causes {

    private static final int DEEPEST = 50;

    private Causes() {}

    /** The innermost cause, in one line. */
    public static String root(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause.getCause() != null && depth < DEEPEST; depth++) {
            cause = cause.getCause();
        }
        return String.valueOf(cause).replaceAll("\\s+", " ");
    }
}
