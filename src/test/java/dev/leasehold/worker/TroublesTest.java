package dev.leasehold.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TroublesTest {

    private final Troubles troubles = new Troubles();

    @Test
    void causesThatTakeTurnsAreNewOnce() {
        assertThat(news("no mail")).isTrue();
        assertThat(news("no paper")).isTrue();
        assertThat(news("no mail")).isFalse();
        assertThat(news("no paper")).isFalse();
    }

    @Test
    void itIsTheRootThatCounts() {
        assertThat(troubles.isNew(new IllegalStateException("1", new IllegalStateException("down"))))
                .isTrue();
        assertThat(troubles.isNew(new IllegalStateException("2", new IllegalStateException("down"))))
                .isFalse();
    }

    @Test
    void noMoreThanAHundredAreKept() {
        IntStream.range(0, 100).forEach(i -> news("run " + i));
        assertThat(news("run 100")).isTrue();
        assertThat(news("run 0")).isTrue();
        assertThat(news("run 0")).isFalse();
    }

    private boolean news(String cause) {
        return troubles.isNew(new IllegalStateException(cause));
    }
}
