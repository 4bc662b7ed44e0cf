package dev.leasehold.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RoundsTest {

    @Test
    void nothingNeedsNoRound() {
        assertThat(Rounds.of(List.<String>of(), RoundsTest::id)).isEmpty();
    }

    @Test
    void idsThatOccurOnceMakeOneRoundInTheirOrder() {
        assertThat(Rounds.of(List.of("c1", "a1", "b1"), RoundsTest::id)).containsExactly(List.of("a1", "b1", "c1"));
    }

    @Test
    void laterOnesOfAnIdComeInLaterRounds() {
        assertThat(Rounds.of(List.of("b1", "a1", "b2", "c1", "b3", "a2"), RoundsTest::id))
                .containsExactly(List.of("a1", "b1", "c1"), List.of("a2", "b2"), List.of("b3"));
    }

    @Test
    void everyItemIsInExactlyOneRound() {
        List<String> items = List.of("a1", "a1", "a1", "b1");

        assertThat(Rounds.of(items, RoundsTest::id).stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(items);
    }

    private static UUID id(String item) {
        return new UUID(0, item.charAt(0));
    }
}
