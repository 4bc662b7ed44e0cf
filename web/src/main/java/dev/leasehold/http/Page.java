package dev.leasehold.http;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param limit how many at most, 1 to 1000
 * @param offset how many to leave out
 */
record Page(int limit, long offset) {

    private static final int LARGEST = 1000;
    private static final int USUAL = 100;

    /**
     * Reads {@code limit} and {@code offset}.
     *
     * @throws InvalidPagination for the first that is malformed or out of bounds
     */
    static Page of(Query query) {
        return new Page(limit(query), number("offset", query.last("offset"), 0));
    }

    /**
     * Reads {@code limit} alone.
     *
     * @throws InvalidPagination when it is malformed or out of bounds
     */
    static int limit(Query query) {
        long limit = number("limit", query.last("limit"), USUAL);
        if (limit < 1 || limit > LARGEST) {
            throw new InvalidPagination("limit", "between 1 and " + LARGEST);
        }
        return (int) limit;
    }

    /**
     * Reads {@code after}, which the page begins behind; null where an offset counts.
     *
     * @param noun what the list is of
     * @throws InvalidPagination when it is no id, or stands beside an offset
     */
    static @Nullable UUID after(Query query, String noun) {
        String value = query.last("after");
        if (value == null) {
            return null;
        }
        if (query.last("offset") != null) {
            throw new InvalidPagination("after", "given without an offset");
        }
        return Uuids.read(value).orElseThrow(() -> noSuchAfter(noun));
    }

    /**
     * Reads {@code after} where it is an event's number.
     *
     * @throws InvalidPagination when it is malformed
     */
    static int afterSeq(Query query) {
        return (int) Math.min(number("after", query.last("after"), 0), Integer.MAX_VALUE);
    }

    static InvalidPagination noSuchAfter(String noun) {
        return new InvalidPagination("after", "the id of a " + noun);
    }

    /** The offset as the database takes it; no list is that long. */
    int start() {
        return (int) Math.min(offset, Integer.MAX_VALUE);
    }

    private static long number(String field, @Nullable String value, int usual) {
        if (value == null) {
            return usual;
        }
        if (!value.matches("[0-9]{1,18}")) {
            throw new InvalidPagination(field, "a non-negative integer");
        }
        return Long.parseLong(value);
    }
}
