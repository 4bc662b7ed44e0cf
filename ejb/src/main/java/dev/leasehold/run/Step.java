package dev.leasehold.run;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of a run's history.
 *
 * @param from the state before, null for the first
 * @param to the state after
 */
public record Step(@Nullable RunState from, RunState to) {

    /** As events store it: {@code Ready>Leased}, and {@code >Scheduled} for the first. */
    public String text() {
        return (from == null ? "" : from.word()) + ">" + to.word();
    }

    /** Reads what {@link #text()} wrote, several separated by commas. */
    public static List<Step> parse(String texts) {
        return texts.isEmpty()
                ? List.of()
                : Arrays.stream(texts.split(",", -1)).map(Step::one).toList();
    }

    /** The same; none where that is not what it wrote. */
    public static Optional<List<Step>> read(String texts) {
        try {
            return Optional.of(parse(texts));
        } catch (IllegalStateException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Step one(String text) {
        int arrow = text.indexOf('>');
        String from = text.substring(0, arrow);
        return new Step(from.isEmpty() ? null : RunState.of(from), RunState.of(text.substring(arrow + 1)));
    }
}
