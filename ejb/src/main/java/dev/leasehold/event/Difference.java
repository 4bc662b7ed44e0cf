package dev.leasehold.event;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that does not fit.
 *
 * @param field what it is about: a column of the event, or of the row where there is no {@code seq}
 * @param seq the event's number within the run; null where the row differs from what all events tell
 * @param expected what the events so far call for; null for nothing
 * @param found what is stored; null for nothing
 */
public record Difference(
        String field,
        @Nullable Integer seq,
        @Nullable String expected,
        @Nullable String found) {

    static Difference of(String field, @Nullable Integer seq, @Nullable Object expected, @Nullable Object found) {
        return new Difference(field, seq, text(expected), text(found));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : Objects.toString(value);
    }
}
