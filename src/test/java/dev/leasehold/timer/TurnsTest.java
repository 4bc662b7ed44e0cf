package dev.leasehold.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.database.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TurnsTest {

    private final SettableClock clock = new SettableClock();
    private final Turns turns = new Turns(clock);

    @ParameterizedTest
    @EnumSource(Duty.class)
    void aDutyIsDoneByOneAtATime(Duty duty) {
        assertThat(turns.begins(duty)).isTrue();
        assertThat(turns.begins(duty)).isFalse();
        turns.end(duty);

        assertThat(turns.begins(duty)).isTrue();
    }

    @Test
    void aLongLookAtManyLeasesThatAreGoneIsNotRepeatedAtOnce() {
        expire(true);
        clock.advance(Duration.ofMillis(9_500).minusNanos(1000));
        assertThat(turns.begins(Duty.EXPIRE)).isFalse();
        clock.advance(Duration.ofNanos(1000));

        assertThat(turns.begins(Duty.EXPIRE)).isTrue();
    }

    @Test
    void aLongLookIsRepeatedAtOnceWhereFewLeasesAreGone() {
        expire(false);

        assertThat(turns.begins(Duty.EXPIRE)).isTrue();
    }

    @Test
    void noOtherDutyWaits() {
        assertThat(turns.begins(Duty.PROMOTE)).isTrue();
        clock.advance(Duration.ofMillis(500));
        turns.foundNothing(Duty.PROMOTE, true);
        turns.end(Duty.PROMOTE);

        assertThat(turns.begins(Duty.PROMOTE)).isTrue();
    }

    @Test
    void whoFoundLapsedLeasesLooksAgainAtOnce() {
        expire(true);
        clock.advance(Duration.ofSeconds(10));
        assertThat(turns.begins(Duty.EXPIRE)).isTrue();
        clock.advance(Duration.ofMillis(500));
        turns.end(Duty.EXPIRE);

        assertThat(turns.begins(Duty.EXPIRE)).isTrue();
    }

    private void expire(boolean worn) {
        assertThat(turns.begins(Duty.EXPIRE)).isTrue();
        clock.advance(Duration.ofMillis(500));
        turns.foundNothing(Duty.EXPIRE, worn);
        turns.end(Duty.EXPIRE);
    }
}
