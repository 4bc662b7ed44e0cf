package dev.leasehold.sql;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells failures that may not happen again from those that will (decisions 4). */
public final class Transient {

    private static final Set<String> STATES = Set.of("40001", "40P01", "55P03", "HYT00", "53300", "90067", "90098");
    private static final Set<String> CLASSES = Set.of("08", "57");
    private static final Set<String> AWAY = Set.of("53300", "90067", "90098");
    private static final Set<String> REFUSED = Set.of("22", "23");

    private Transient() {}

    /**
     * Whether a serialisation, deadlock, lock timeout or broken connection stands in the chain of causes. A failure
     * without any state comes from a pool that had no connection to give.
     */
    public static boolean is(@Nullable Throwable failure) {
        return any(failure, Transient::passing);
    }

    private static boolean any(@Nullable Throwable failure, Predicate<SQLException> test) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof SQLException sql && test.test(sql)) {
                return true;
            }
        }
        return false;
    }

    /** Whether nobody could be asked: a broken connection, none to be had, or a database that shuts down or starts. */
    public static boolean isAway(@Nullable Throwable failure) {
        return any(failure, cause -> {
            String state = cause.getSQLState();
            return state == null || first(state).equals("08") || state.startsWith("57P") || AWAY.contains(state);
        });
    }

    /** Whether the database refused what it was given: bad data (class 22) or a broken constraint (class 23). */
    public static boolean refusesData(@Nullable Throwable failure) {
        return any(failure, cause -> cause.getSQLState() != null && REFUSED.contains(first(cause.getSQLState())));
    }

    private static boolean passing(SQLException failure) {
        String state = failure.getSQLState();
        if (failure instanceof SQLTransientException || failure instanceof SQLRecoverableException) {
            return true;
        }
        return state == null || STATES.contains(state) || CLASSES.contains(first(state));
    }

    private static String first(String state) {
        return state.substring(0, Math.min(2, state.length()));
    }
}
