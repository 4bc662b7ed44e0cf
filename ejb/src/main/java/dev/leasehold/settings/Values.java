package dev.leasehold.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads each setting as what it must be; one that is not set, or is blank, has its default. */
final class Values {

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

    private final UnaryOperator<@Nullable String> source;

    /** Reads keys from there; null where a key is not set. */
    Values(UnaryOperator<@Nullable String> source) {
        this.source = source;
    }

    String text(String key, String usual) {
        String value = source.apply(key);
        return value == null || value.isBlank() ? usual : value.strip();
    }

    int number(String key, int usual, int least, int most) {
        String value = text(key, String.valueOf(usual));
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new InvalidSetting(key, value, "a whole number from " + least + " to " + most);
        }
        throw new InvalidSetting(key, value, "a whole number from " + least + " to " + most);
    }

    Duration seconds(String key, int usual, int least, int most) {
        return Duration.ofSeconds(number(key, usual, least, most));
    }

    double decimal(String key, double usual, int least, int most) {
        String value = text(key, String.valueOf(usual));
        if (DECIMAL.matcher(value).matches()) {
            BigDecimal number = new BigDecimal(value);
            if (number.compareTo(BigDecimal.valueOf(least)) >= 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0) {
                return number.doubleValue();
            }
        }
        throw new InvalidSetting(key, value, "a number from " + least + " to " + most);
    }

    /** One of some words; the first is the default. */
    String word(String key, String... words) {
        String value = text(key, words[0]);
        if (!List.of(words).contains(value)) {
            throw new InvalidSetting(key, value, "one of " + String.join(", ", words));
        }
        return value;
    }

    /** The entries between commas, without the space around them; none when the key is not set. */
    List<String> entries(String key) {
        String value = text(key, "");
        return value.isEmpty()
                ? List.of()
                : Stream.of(value.split(",", -1)).map(String::strip).toList();
    }
}
