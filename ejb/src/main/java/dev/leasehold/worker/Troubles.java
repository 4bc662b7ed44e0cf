package dev.leasehold.worker;

import dev.leasehold.sql.Causes;
import java.util.HashSet;
import java.util.Set;

/** The causes of failures that one thread has logged, so that none is logged twice, however many take turns. */
final class Troubles {

    /** Causes that name what they are about would never end: then all count as new again. */
    private static final int MOST = 100;

    private final Set<String> known = new HashSet<>();

    /** Whether its cause is none of the last hundred; from now on it is. */
    boolean isNew(Throwable failure) {
        if (known.size() == MOST) {
            known.clear();
        }
        return known.add(Causes.root(failure));
    }
}
