package dev.leasehold.sql;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells failures that may not happen again from those that will (decisions 4). */
public final class Transient {

    private static final Set<String> STATES = Set.of("40001", "40P01", "55P03", "HYT00", "53300", "90067", "90098");
    private static final Set<String> CLASSES = Set.of("08", "57");

    private Transient() {}

    /** Whether a serialisation, deadlock, lock timeout or broken connection stands in the chain of causes. */
    public static boolean is(@Nullable Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof SQLException sql && passing(sql)) {
                return true;
            }
        }
        return false;
    }

    private static boolean passing(SQLException failure) {
        String state = failure.getSQLState();
        if (failure instanceof SQLTransientException || failure instanceof SQLRecoverableException) {
            return true;
        }
        return state != null && (STATES.contains(state) || CLASSES.contains(first(state)));
    }

    private static String first(String state) {
        return state.substring(0, Math.min(2, state.length()));
    }
}
