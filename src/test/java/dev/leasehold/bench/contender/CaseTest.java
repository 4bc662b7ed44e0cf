package dev.leasehold.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CaseTest {
    private static final Case CASE = new Case("W7.64", Workload.W7, 1_000, Map.of("workers", "64", "load", "W7"));

    @Test
    void isSelectedByItsIdItsWorkloadOrNothing() {
        assertThat(CASE.isIn(Set.of())).isTrue();
        assertThat(CASE.isIn(Set.of("W1", "W7.64"))).isTrue();
        assertThat(CASE.isIn(Set.of("W7"))).isTrue();
        assertThat(CASE.isIn(Set.of("W7.6", "W2"))).isFalse();
    }

    @Test
    void casesWithTheSameLoadAndNumberShareATemplate() {
        var other = new Case("W7.1", Workload.W7, 1_000, Map.of("workers", "1", "load", "W7"));

        assertThat(CASE.load())
                .isEqualTo(other.load())
                .isNotEqualTo(other.withRuns(999).load());
        assertThat(new Case("W2", Workload.W2, 5, Map.of()).load()).isEqualTo("W2_5");
    }

    @Test
    void anOptionThatIsNotThereHasItsDefault() {
        assertThat(CASE.number("workers", 1)).isEqualTo(64);
        assertThat(CASE.number("batch", 7)).isEqualTo(7);
    }
}
