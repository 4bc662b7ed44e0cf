package dev.leasehold.bench.leasehold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bench.contender.Outcome;
import org.junit.jupiter.api.Test;

class MinutesTest {

    @Test
    void aPieceIsSharedAmongTheMinutesThatItCovers() {
        Minutes minutes = new Minutes();
        minutes.add(45, 4500);
        assertThat(minutes.whole()).isZero();

        minutes.add(90, 900);
        assertThat(minutes.rates()).containsExactly((4500 + 150) / 60.0, 10.0);

        minutes.add(45, 0);
        assertThat(minutes.tell(Outcome.good()).figures())
                .containsEntry("runs/s in minute 2", 10.0)
                .containsEntry("runs/s in minute 3", 150 / 60.0);
    }
}
