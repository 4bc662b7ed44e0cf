package dev.leasehold.conformance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt of a {@code script} task does, read from the task's payload.
 *
 * <p>Entries are separated by {@code |}; the n-th attempt takes the n-th, and the last one again when there are no more.
 * An entry is {@code ok}, {@code ok:OUTPUT}, {@code retry:ERROR}, {@code fatal:ERROR}, {@code throw:MESSAGE},
 * {@code suspend}, {@code suspend:OUTPUT} or {@code wait:SIGNAL}, behind any number of preludes with a comma: {@code block}, {@code sleep:N}
 * (milliseconds), {@code use:DIMENSION=AMOUNT}. A prelude without an entry behind it ends with {@code ok}.
 *
 * @param preludes what it does first, in order
 * @param word how it ends
 * @param text what stands behind the word's colon
 */
record Script(List<Prelude> preludes, String word, @Nullable String text) {

    private static final String OK = "ok";
    private static final List<String> PRELUDES = List.of("block", "sleep", "use");

    /** Something done before the end. */
    record Prelude(String word, String text) {}

    /** The entry of an attempt by its number, from 1. */
    static Script of(String payload, int attempt) {
        String[] entries = payload.isBlank() ? new String[] {OK} : payload.split("\\|", -1);
        return entry(entries[Math.min(attempt, entries.length) - 1].strip());
    }

    private static Script entry(String entry) {
        List<Prelude> preludes = new ArrayList<>();
        String rest = entry;
        while (PRELUDES.contains(word(rest))) {
            String[] parts = rest.split(",", 2);
            String text = text(parts[0]);
            preludes.add(new Prelude(word(rest), text == null ? "" : text));
            rest = parts.length == 1 ? OK : parts[1].strip();
        }
        return new Script(List.copyOf(preludes), word(rest), text(rest));
    }

    private static String word(String entry) {
        return entry.split("[:,]", 2)[0].strip();
    }

    private static @Nullable String text(String entry) {
        int colon = entry.indexOf(':');
        return colon < 0 ? null : entry.substring(colon + 1);
    }
}
