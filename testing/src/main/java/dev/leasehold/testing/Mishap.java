package dev.leasehold.testing;

import java.util.Arrays;
import java.util.List;

/**
 * Something that goes wrong.
 *
 * @param kind what
 * @param at at which step, or in which attempt, from 1
 */
record Mishap(Kind kind, int at) {

    enum Kind {
        DIES_BEFORE('b', "the process dies before step "),
        DIES_AFTER('a', "the process dies after step "),
        LEASE_LOST('l', "the lease is lost, and the run attempted elsewhere, before step "),
        REPORT_LOST('d', "the report is lost until the end of attempt ");

        private final char letter;
        private final String words;

        Kind(char letter, String words) {
            this.letter = letter;
            this.words = words;
        }
    }

    /** As it stands in a seed. */
    String text() {
        return String.valueOf(kind.letter) + at;
    }

    /** In words, with what the steps were. */
    String words(List<String> steps) {
        String what =
                kind == Kind.REPORT_LOST ? "" : at > steps.size() ? " (not reached)" : " (" + steps.get(at - 1) + ")";
        return kind.words + at + what;
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws IllegalArgumentException when it is something else
     */
    static Mishap parse(String text) {
        Kind kind = Arrays.stream(Kind.values())
                .filter(one -> !text.isEmpty() && text.charAt(0) == one.letter)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a fault of a seed: \"" + text + '"'));
        return new Mishap(kind, Integer.parseInt(text.substring(1)));
    }
}
