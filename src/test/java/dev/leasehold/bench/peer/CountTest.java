package dev.leasehold.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountTest {
    @Test
    void isGoodWhenEachRunWasHandledOnceAndIsComplete() {
        assertThat(new Count(9, 9, 0, 0, 9).outcome().voided()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"8, 0, 0, 9", "10, 0, 0, 9", "9, 1, 0, 9", "9, 0, 1, 9", "9, 0, 0, 8", "9, 0, 0, 10"})
    void isVoidOtherwise(long handled, long again, long left, long complete) {
        assertThat(new Count(9, handled, again, left, complete).outcome().voided())
                .isEqualTo("of 9 runs " + handled + " were handled, " + again + " of them again, " + left
                        + " are left and " + complete + " are complete");
    }
}
