package dev.leasehold.http;

import dev.leasehold.sql.EventStatement.Part;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which of a run's events are asked for (T 6.3). Numbers out of range are brought into it.
 *
 * @param part the bounds, both excluded, and how many at most
 * @param tail whether the newest are asked for
 */
record EventBounds(Part part, boolean tail) {

    private static final int LARGEST = 1000;
    private static final int USUAL = 250;
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,1000}");

    /**
     * Reads {@code after_seq} or its other name {@code since_seq}, {@code before_seq}, and {@code tail} or else
     * {@code limit}.
     *
     * @throws InvalidPagination for the first that is no integer
     */
    static EventBounds of(Query query) {
        String field = query.last("after_seq") == null ? "since_seq" : "after_seq";
        int after = number(field, query.last(field), 0, 0, Integer.MAX_VALUE);
        int before = number("before_seq", query.last("before_seq"), Integer.MAX_VALUE, 0, Integer.MAX_VALUE);
        int limit = number("limit", query.last("limit"), USUAL, 1, LARGEST);
        String tail = query.last("tail");
        int most = tail == null ? limit : number("tail", tail, USUAL, 1, LARGEST);
        return new EventBounds(new Part(after, before, most), tail != null);
    }

    private static int number(String field, @Nullable String value, int usual, int least, int most) {
        if (value == null) {
            return usual;
        }
        if (!INTEGER.matcher(value).matches()) {
            throw new InvalidPagination(field, "an integer");
        }
        return new BigInteger(value)
                .max(BigInteger.valueOf(least))
                .min(BigInteger.valueOf(most))
                .intValue();
    }
}
