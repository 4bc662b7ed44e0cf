package dev.leasehold.http;

import java.math.BigDecimal;
import java.util.Optional;

/** A number as it was written in a request. */
record Digits(String text) {

    private static final int LONGEST = 100;

    /** Its value; none where it has more than a hundred digits, before the point or behind it. */
    Optional<BigDecimal> value() {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text)).filter(number -> Math.abs((long) number.scale()) <= LONGEST);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
