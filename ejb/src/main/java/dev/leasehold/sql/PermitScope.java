package dev.leasehold.sql;

import java.util.Arrays;
import java.util.Locale;

/** What a permit is for. */
public enum PermitScope {
    /** A concurrency key: so many of its runs are under way at once, one unless its limit says otherwise. */
    KEY,
    /** A queue: so many of its runs are leased at once. */
    QUEUE,
    /** A task type: so many of its runs are leased at once. */
    TYPE,
    /** A rate: so many runs are leased within its period. */
    RATE,
    /** A task that is or was paused: none of its runs is leased meanwhile. */
    TASK;

    /** The name in the database and in paths. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PermitScope of(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no such scope: " + word));
    }
}
