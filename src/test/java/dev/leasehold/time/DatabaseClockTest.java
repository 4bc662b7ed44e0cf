package dev.leasehold.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.database.Race;
import dev.leasehold.database.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {

    private static final long SECOND = 1_000_000;
    private static final Instant START = SettableClock.START;

    private final SettableClock machine = new SettableClock();
    private final DatabaseClock clock = new DatabaseClock(machine);

    @Test
    void itTicksInMicroseconds() {
        machine.set(START.plusNanos(1_999));
        assertThat(clock.instant()).isEqualTo(START.plusNanos(1_000));
        assertThat(clock.machineTime()).isEqualTo(START.plusNanos(1_000));

        Instant real = new DatabaseClock().instant();
        assertThat(real).isEqualTo(real.truncatedTo(ChronoUnit.MICROS));
        assertThat(Duration.between(real, Clock.systemUTC().instant())).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void itTakesTheFirstOffsetAtOnce() {
        clock.begin(-3 * SECOND);
        assertThat(clock.instant()).isEqualTo(START.minusSeconds(3));

        DatabaseClock other = new DatabaseClock(machine);
        other.begin(7200 * SECOND);
        assertThat(other.instant()).isEqualTo(START.plusSeconds(7200));
        assertThat(other.behind()).isFalse();
    }

    @Test
    void whatWasReadBeforeTheFirstOffsetCountsNoMore() {
        clock.instant();

        clock.begin(-60 * SECOND);

        assertThat(clock.instant()).isEqualTo(START.minusSeconds(60));
        machine.advance(Duration.ofSeconds(10));
        assertThat(clock.behind()).isFalse();
        assertThat(clock.instant()).isEqualTo(START.minusSeconds(50));
    }

    @Test
    void aSlewForwardAndBackwardGoesGently() {
        clock.correct(SECOND);
        machine.advance(Duration.ofSeconds(10));
        assertThat(clock.instant()).isEqualTo(START.plusMillis(10_500));
        machine.advance(Duration.ofSeconds(10));
        clock.correct(0);
        machine.advance(Duration.ofSeconds(10));
        assertThat(clock.instant()).isEqualTo(START.plusMillis(30_500));
        assertThat(clock.behind()).isFalse();
    }

    @Test
    void itNeverGoesBackWithTheMachine() {
        Instant before = clock.instant();
        machine.advance(Duration.ofSeconds(-90));
        assertThat(clock.instant()).isEqualTo(before);
        machine.advance(Duration.ofSeconds(91));
        assertThat(clock.instant()).isEqualTo(before.plusSeconds(1));
    }

    @Test
    void aJumpForwardIsAdoptedAtOnce() {
        jump(60 * SECOND);

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(60));
        assertThat(clock.behind()).isFalse();
    }

    @Test
    void aJumpBackwardStandsStillUntilTheDatabaseHasCaughtUp() {
        clock.instant();
        jump(-60 * SECOND);

        for (int i = 0; i < 60; i++) {
            assertThat(clock.instant()).isEqualTo(START);
            machine.advance(Duration.ofSeconds(1));
        }
        assertThat(clock.instant()).isEqualTo(START);
        machine.advance(Duration.ofSeconds(1));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void itIsBehindAfterFiveSecondsOfStandingAndNoLongerWhenCaughtUp() {
        clock.instant();
        jump(-60 * SECOND);

        assertThat(clock.behind()).isFalse();
        machine.advance(Duration.ofSeconds(5));
        assertThat(clock.behind()).isFalse();
        machine.advance(Duration.ofNanos(1000));
        assertThat(clock.behind()).isTrue();
        machine.set(START.plusSeconds(60).minusNanos(1000));
        assertThat(clock.behind()).isTrue();
        machine.set(START.plusSeconds(60));
        assertThat(clock.behind()).isFalse();
        assertThat(clock.instant()).isEqualTo(START);
    }

    @Test
    void aShortJumpBackwardIsOverBeforeItIsBehind() {
        clock.instant();
        jump(-3 * SECOND);

        for (int i = 0; i < 10; i++) {
            assertThat(clock.behind()).isFalse();
            machine.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void itIsNotBehindWhenNobodyHasSeenTheLaterTime() {
        jump(-60 * SECOND);
        machine.advance(Duration.ofSeconds(30));

        assertThat(clock.behind()).isFalse();
        assertThat(clock.instant()).isEqualTo(START.minusSeconds(30));
    }

    @Test
    void threadsNeverSeeItGoBack() {
        List<List<Instant>> seen = Race.of(4, number -> {
            List<Instant> mine = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                machine.set(START.plusMillis(i * 31L % 97));
                clock.correct(i * 7919L % SECOND);
                mine.add(clock.instant());
            }
            return mine;
        });

        assertThat(seen).allSatisfy(mine -> assertThat(mine).isSortedAccordingTo(Comparator.naturalOrder()));
    }

    @Test
    void theWallClockIsMeasuredAgainstTheMachinesOwnTime() {
        machine.set(Clock.systemUTC().instant().minusSeconds(500));

        clock.begin(clock.wallAhead());

        Duration apart = Duration.between(clock.instant(), Clock.systemUTC().instant());
        assertThat(apart.abs()).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void theMachinesOwnTimeIsNearTheWallClockAndNeverGoesBack() {
        MachineClock own = new MachineClock();
        List<Instant> read = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            read.add(own.instant());
        }

        assertThat(read).isSortedAccordingTo(Comparator.naturalOrder());
        assertThat(Duration.between(read.get(0), Clock.systemUTC().instant()).abs())
                .isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void itsZoneIsUtcAndNoOther() {
        assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
        assertThatThrownBy(() -> clock.withZone(ZoneId.of("Europe/Vienna")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itStandsWhereItIsToldAlsoInThePast() {
        Instant before = clock.instant();

        clock.standAt(before.minusSeconds(1000));

        machine.set(machine.instant().plusSeconds(60));
        jump(-100_000_000);
        assertThat(clock.instant()).isEqualTo(before.minusSeconds(1000));
        assertThat(clock.behind()).isFalse();
        clock.standAt(before);
        assertThat(clock.instant()).isEqualTo(before);
    }

    private void jump(long offset) {
        clock.correct(offset);
        clock.correct(offset);
        clock.correct(offset);
    }
}
