package dev.leasehold.node;

import dev.leasehold.sql.Causes;
import dev.leasehold.sql.Transient;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** Reads what a database's refusal at start means. */
final class StartFailures {

    private static final int H2_FILE_IN_USE = 90020;
    private static final int DEEPEST = 50;

    /** What may be secret in a database's URL: what stands before its host, and a password among its settings. */
    private static final Pattern SECRET = Pattern.compile("//([^/\\s]+)@|(?i:password)=([^;&\\s\"]+)");

    private StartFailures() {}

    /** The innermost cause, in one line, without the URL and what may be secret in it: drivers quote both. */
    static String reason(Throwable failure, String url) {
        String reason = Causes.root(failure).replace(url.replaceAll("\\s+", " "), "leasehold.database-url");
        return SECRET.matcher(url + " " + reason)
                .results()
                .map(secret -> secret.group(1) == null ? secret.group(2) : secret.group(1))
                .reduce(reason, (shown, secret) -> shown.replace(secret, "***"));
    }

    static boolean inUse(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof SQLException sql && sql.getErrorCode() == H2_FILE_IN_USE) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    static boolean passing(Throwable failure) {
        return failure instanceof RuntimeException exception && Transient.is(exception);
    }
}
