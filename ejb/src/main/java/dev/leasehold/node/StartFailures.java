package dev.leasehold.node;

import dev.leasehold.sql.Transient;
import java.sql.SQLException;

/** Reads what a database's refusal at start means. */
final class StartFailures {

    private static final int H2_FILE_IN_USE = 90020;
    private static final int DEEPEST = 50;

    private StartFailures() {}

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

    static boolean passing(RuntimeException failure) {
        return Transient.is(failure);
    }
}
