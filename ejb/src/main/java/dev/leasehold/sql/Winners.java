package dev.leasehold.sql;

import java.util.List;
import java.util.stream.IntStream;

/** Of the rows that a batch tried to change, those that it changed. */
public final class Winners {

    private Winners() {}

    /** The rows whose count is one. */
    public static <T> List<T> of(List<T> rows, int[] counts) {
        return IntStream.range(0, rows.size())
                .filter(i -> counts[i] == 1)
                .mapToObj(rows::get)
                .toList();
    }
}
