package dev.leasehold.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.database.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of docs/operations.md says what the code does. */
class ManualTest {

    private static final Map<String, List<String>> ROWS = rows();

    private static Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new TreeMap<>();
        Golden.read("docs/operations.md")
                .lines()
                .filter(line -> line.startsWith("| `leasehold."))
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .forEach(cells -> assertThat(rows.put(cells.get(1).replace("`", ""), cells))
                        .as("an earlier row of %s", cells.get(1))
                        .isNull());
        return rows;
    }

    @Test
    void everyKeyThatIsReadIsListedAndNoOther() {
        TreeSet<String> read = new TreeSet<>();
        new Settings(key -> {
                    read.add(key);
                    return null;
                })
                .check();
        read.removeIf(key -> !key.startsWith("leasehold."));

        assertThat(ROWS.keySet()).containsExactlyElementsOf(read);
    }

    @ParameterizedTest
    @EnumSource
    void aNumbersDefaultAndBoundsAreListed(Bound bound) {
        assertThat(ROWS.get(bound.key).subList(2, 4))
                .containsExactly(String.valueOf(bound.usual), bound.least + " to " + bound.most);
    }

    @Test
    void theOthersAreListedWithTheirs() {
        assertThat(row("leasehold.default-backoff")).containsExactly("exponential", "exponential, fixed, linear");
        assertThat(row("leasehold.default-backoff-factor")).containsExactly("2", "1 to 100");
        assertThat(row("leasehold.default-backoff-jitter")).containsExactly("0.1", "0 to 1");
        assertThat(row("leasehold.duties")).containsExactly("timers", "timers, manual");
        assertThat(row("leasehold.control")).containsExactly("on", "on, off");
        assertThat(row("leasehold.metrics")).containsExactly("on", "on, off");
        assertThat(row("leasehold.notify")).containsExactly("on", "on, off");
        assertThat(row("leasehold.queues"))
                .containsExactly("empty", "name:threads with 0 to 1000 threads, separated by commas");
        assertThat(row("leasehold.http-hosts"))
                .containsExactly("empty", "host, host:port or *.domain, separated by commas");
        assertThat(row("leasehold.database-user").get(0)).isEqualTo(settings().databaseUser());
        assertThat(row("leasehold.executor").get(0)).isEqualTo(settings().executor());
        assertThat(row("leasehold.datasource").get(0)).isEqualTo(settings().dataSource());
    }

    private static List<String> row(String key) {
        return ROWS.get(key).subList(2, 4).stream()
                .map(cell -> cell.replace("`", ""))
                .toList();
    }

    private static Settings settings() {
        return new Settings(key -> null);
    }
}
