package dev.leasehold.run;

import dev.leasehold.database.Golden;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LifecycleDocumentTest {

    @Test
    void theDocumentShowsTheTransitionsAsTheyAre() {
        Golden.matches("docs/lifecycle.md", document());
    }

    private static String document() {
        return """
                # A run's lifecycle

                Generated from `Transition`: `LifecycleDocumentTest` compares it, and writes it anew with
                `-Dleasehold.write-golden=true`. Every other pair of states is refused.

                ```mermaid
                stateDiagram-v2
                """ + diagram() + """
                ```

                | Verb | From | To |
                |---|---|---|
                """ + verbs() + """

                | State | In filters and metrics | Terminal |
                |---|---|---|
                """ + states();
    }

    private static String diagram() {
        StringBuilder text = new StringBuilder();
        for (Transition verb : Transition.values()) {
            for (Step step : verb.steps()) {
                String from = step.from() == null ? "[*]" : step.from().word();
                text.append("    %s --> %s: %s%n".formatted(from, step.to().word(), name(verb)));
            }
        }
        for (RunState state : RunState.values()) {
            if (state.terminal()) {
                text.append("    %s --> [*]%n".formatted(state.word()));
            }
        }
        return lines(text);
    }

    private static String verbs() {
        StringBuilder text = new StringBuilder();
        for (Transition verb : Transition.values()) {
            String sources = verb.sources().stream().map(RunState::word).collect(Collectors.joining(", "));
            text.append("| %s | %s | %s |%n"
                    .formatted(
                            name(verb),
                            sources.isEmpty() ? "–" : sources,
                            verb.target().word()));
        }
        return lines(text);
    }

    private static String states() {
        StringBuilder text = new StringBuilder();
        for (RunState state : RunState.values()) {
            text.append("| %s | `%s` | %s |%n".formatted(state.word(), state.snake(), state.terminal() ? "yes" : "no"));
        }
        return lines(text);
    }

    private static String name(Transition verb) {
        return verb.name().toLowerCase(Locale.ROOT);
    }

    private static String lines(StringBuilder text) {
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
