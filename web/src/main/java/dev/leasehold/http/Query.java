package dev.leasehold.http;

import dev.leasehold.fault.InvalidRequest;
import dev.leasehold.fault.NotSupportedYet;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters behind a path's question mark. Those that nobody asks for are ignored (AQ 9.1).
 *
 * @param values all values of each name, in their order
 */
record Query(Map<String, List<String>> values) {

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Refuses a parameter of the contract that is not obeyed. */
    void refuse(String name) {
        if (values.containsKey(name)) {
            throw new NotSupportedYet(name);
        }
    }

    /** Of a repeated parameter the last value counts (AQ 9.1). */
    @Nullable
    String last(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    /** Whether it is {@code true}; not when it is absent. */
    boolean flag(String name) {
        String value = last(name);
        if (value != null && !value.equals("true") && !value.equals("false")) {
            throw new InvalidRequest(name, "must be true or false");
        }
        return "true".equals(value);
    }

    /** A number of seconds from 0 to {@code most}, decimals allowed; none when it is absent. */
    Duration seconds(String name, int most) {
        String value = last(name);
        if (value == null) {
            return Duration.ZERO;
        }
        if (value.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            BigDecimal seconds = new BigDecimal(value);
            if (seconds.compareTo(BigDecimal.valueOf(most)) <= 0) {
                return Seconds.duration(seconds);
            }
        }
        throw new InvalidRequest(name, "must be between 0 and " + most);
    }
}
