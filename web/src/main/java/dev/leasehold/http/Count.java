package dev.leasehold.http;

import dev.leasehold.fault.InvalidRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a list is.
 *
 * @param value how many there are, as far as was asked
 * @param relation {@code eq} when these are all, {@code gte} when there are more
 */
record Count(long value, String relation) {

    private static final int MOST = 10_000;
    private static final Pattern UP_TO = Pattern.compile("up_to:([0-9]{1,5})");

    /**
     * Reads {@code count}, {@code up_to:} and a number from 1 to 10000.
     *
     * @return that number; null when nobody asks
     * @throws InvalidRequest when it is anything else
     */
    static @Nullable Integer asked(Query query) {
        String value = query.last("count");
        if (value == null) {
            return null;
        }
        Matcher upTo = UP_TO.matcher(value);
        int most = upTo.matches() ? Integer.parseInt(upTo.group(1)) : 0;
        if (most < 1 || most > MOST) {
            throw new InvalidRequest("count", "must be up_to:n with n between 1 and " + MOST);
        }
        return most;
    }

    /** What is said of so many, when so many were asked for. */
    static Count of(long found, int most) {
        return found > most ? new Count(most, "gte") : new Count(found, "eq");
    }
}
