package dev.leasehold.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HalvesTest {

    private final List<Integer> stored = new ArrayList<>();

    @Test
    void theCulpritStandsAloneAndItsNeighboursAreStored() {
        assertThat(store(List.of(1, 2, -3, 4, -5, 6, 7)))
                .containsExactly("1", "2", "refused -3", "4", "refused -5", "6", "7");
        assertThat(stored).containsExactly(1, 2, 4, 6, 7);
    }

    @Test
    void aBatchWithoutCulpritIsStoredAtOnce() {
        assertThat(store(List.of(1, 2))).containsExactly("1", "2");
        assertThat(store(List.of())).isEmpty();
    }

    @Test
    void anotherFailureIsNotLookedInto() {
        assertThatThrownBy(() -> store(List.of(1, 0, 2))).hasMessage("no connection");
        assertThat(stored).isEmpty();
    }

    private List<String> store(List<Integer> items) {
        return Halves.store(items, this::take, (item, failure) -> "refused " + item);
    }

    private List<String> take(List<Integer> items) {
        for (int item : items) {
            if (item <= 0) {
                throw new IllegalStateException(
                        item == 0 ? "no connection" : "bad data",
                        new SQLException("reason", item == 0 ? "08006" : "22001"));
            }
        }
        stored.addAll(items);
        return items.stream().map(String::valueOf).toList();
    }
}
