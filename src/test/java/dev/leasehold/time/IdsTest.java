package dev.leasehold.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.database.Race;
import dev.leasehold.database.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdsTest {

    /** As both databases compare them: by their bytes. */
    private static final Comparator<UUID> BY_BYTES = Comparator.comparing(UUID::toString);

    private final SettableClock clock = new SettableClock();
    private final Ids ids = new Ids();

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // there is no container
    void wire() {
        ids.clock = clock;
    }

    @Test
    void theyAreOfVersionSevenAndNeverNil() {
        for (UUID id : ids.next(10_000)) {
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
        }
    }

    @Test
    void theyCarryTheMillisecond() {
        for (long millis : new long[] {1_000_000, 1_700_000_000_123L, 253_402_300_799_999L}) {
            clock.set(SettableClock.START.plusMillis(millis));
            assertThat(ids.next().getMostSignificantBits() >>> 16).isEqualTo(clock.millis());
        }
    }

    @Test
    void theyAscendWhileTheClockStands() {
        assertAscending(ids.next(50_000));
    }

    @Test
    void theyAscendWhenTheClockGoesBack() {
        List<UUID> made = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            made.add(ids.next());
            clock.advance(Duration.ofSeconds(i % 3 == 0 ? 7 : -5));
        }
        assertAscending(made);
    }

    @Test
    void theyAscendWhenTheClockMovesOnWithinAndBeyondAMillisecond() {
        List<UUID> made = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            made.add(ids.next());
            clock.advance(Duration.ofNanos(300_000));
        }
        assertAscending(made);
    }

    @Test
    void manyAtOnceAscendAndFollowThoseBefore() {
        UUID before = ids.next();
        List<UUID> made = new ArrayList<>(List.of(before));
        made.addAll(ids.next(100));
        made.add(ids.next());

        assertThat(made).hasSize(102);
        assertAscending(made);
        assertThat(ids.next(0)).isEmpty();
    }

    @Test
    void noneIsMadeTwiceAcrossThreadsAndEachThreadSeesThemAscend() {
        List<List<UUID>> made = Race.of(8, number -> {
            List<UUID> mine = new ArrayList<>();
            for (int i = 0; i < 5000; i++) {
                mine.add(ids.next());
            }
            return mine;
        });

        made.forEach(IdsTest::assertAscending);
        assertThat(made.stream().flatMap(List::stream).map(UUID::getMostSignificantBits))
                .hasSize(40_000)
                .doesNotHaveDuplicates();
    }

    private static void assertAscending(List<UUID> made) {
        assertThat(made).isSortedAccordingTo(BY_BYTES).isSortedAccordingTo(Comparator.naturalOrder());
        assertThat(made.stream().map(UUID::getMostSignificantBits)).doesNotHaveDuplicates();
    }
}
