package dev.leasehold.sql.h2;

import java.util.List;
import java.util.stream.IntStream;

/** Of the rows that a batch tried to change, those that it changed. */
final class H2Winners {

    private H2Winners() {}

    static <T> List<T> of(List<T> rows, int[] counts) {
        return IntStream.range(0, rows.size())
                .filter(i -> counts[i] == 1)
                .mapToObj(rows::get)
                .toList();
    }
}
