package dev.leasehold.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    @ParameterizedTest
    @ValueSource(strings = {"none", "b1", "a12", "l3", "d1", "a1-b2-d3"})
    void aSeedIsReadAsItWasWritten(String seed) {
        assertThat(Schedule.parse(seed).text()).isEqualTo(seed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "b", "x1", "b1-", "b1,a2", "1"})
    void anythingElseIsNoSeed(String seed) {
        assertThatThrownBy(() -> Schedule.parse(seed)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyStepHasEverySingleFaultAndEveryReportIsLostOnce() {
        assertThat(Schedule.singles(2, List.of(1, 3)).map(Schedule::text))
                .containsExactly("b1", "b2", "a1", "a2", "l1", "l2", "d1", "d3");
    }

    @Test
    void combinationsAreTheSameEachTimeAndHaveTwoOrThreeFaults() {
        List<Schedule> once = Schedule.combinations(50, 9, 1).toList();

        assertThat(once).hasSize(50).isEqualTo(Schedule.combinations(50, 9, 1).toList());
        assertThat(once).extracting(one -> one.mishaps().size()).containsOnly(2, 3);
        assertThat(once).doesNotHaveDuplicates();
        assertThat(Schedule.combinations(50, 0, 0)).isEmpty();
    }

    @Test
    void stepsThatFollowFromAFaultHaveFaultsToo() {
        assertThat(Schedule.combinations(50, 2, 1))
                .anySatisfy(one -> assertThat(one.mishaps()).anyMatch(mishap -> mishap.at() > 2));
    }
}
