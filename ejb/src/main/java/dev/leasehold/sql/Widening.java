package dev.leasehold.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A look at the first runs of some that goes further where others hold some of those that it sees. */
public final class Widening {

    /** So many at most are seen at once. */
    public static final int WIDE = 1000;

    private static final int WIDER = 4;

    private Widening() {}

    /**
     * What is seen.
     *
     * @param <T> something that is free
     */
    @FunctionalInterface
    public interface Look<T> {

        /** The first so many, or all where there are fewer; empty ones are held by others. */
        List<Optional<T>> first(int max) throws SQLException;
    }

    /** The first so many that are free, as far as it looks. */
    public static <T> List<T> free(int max, Look<T> look) throws SQLException {
        int read = max;
        List<Optional<T>> seen = look.first(read);
        while (free(seen).count() < max && seen.size() == read && read < WIDE) {
            read = Math.min(WIDE, read * WIDER);
            seen = look.first(read);
        }
        return free(seen).limit(max).toList();
    }

    private static <T> Stream<T> free(List<Optional<T>> seen) {
        return seen.stream().flatMap(Optional::stream);
    }
}
