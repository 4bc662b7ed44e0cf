package dev.leasehold.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.database.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuditManualTest {

    @Test
    void everyWordStandsInTheManual() {
        String manual = Golden.read("docs/http.md");
        List<String> rows = manual.substring(manual.indexOf("## The audit"), manual.indexOf("## Recurrence"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();
        List<String> words =
                Arrays.stream(EffectType.values()).map(EffectType::word).toList();
        List<String> kinds =
                Arrays.stream(Violation.Kind.values()).map(Violation.Kind::word).toList();

        assertThat(rows.stream()
                        .map(line -> line.split("\\|", -1)[1])
                        .flatMap(cell -> Arrays.stream(cell.split(",", -1)))
                        .map(word -> word.replace("`", "").strip())
                        .filter(word -> !word.startsWith("GET ")))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(words.stream(), kinds.stream()).toList());
    }
}
