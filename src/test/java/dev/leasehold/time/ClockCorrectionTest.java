package dev.leasehold.time;

import static dev.leasehold.time.ClockCorrection.Reaction.DOUBTED;
import static dev.leasehold.time.ClockCorrection.Reaction.JUMPED_BACKWARD;
import static dev.leasehold.time.ClockCorrection.Reaction.JUMPED_FORWARD;
import static dev.leasehold.time.ClockCorrection.Reaction.SLEWED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClockCorrectionTest {

    private static final long SECOND = 1_000_000;
    private static final long BEGIN = 5_000 * SECOND;

    private final ClockCorrection correction = new ClockCorrection(BEGIN);

    @Test
    void itBeginsWithoutAnOffset() {
        assertThat(correction.offset(BEGIN)).isZero();
        assertThat(correction.offset(BEGIN + 900 * SECOND)).isZero();
    }

    @Test
    void aSecondIsStillSlewedAndAMicrosecondMoreIsDoubted() {
        assertThat(correction.propose(SECOND, BEGIN)).isEqualTo(SLEWED);
        assertThat(new ClockCorrection(BEGIN).propose(-SECOND, BEGIN)).isEqualTo(SLEWED);
        assertThat(new ClockCorrection(BEGIN).propose(SECOND + 1, BEGIN)).isEqualTo(DOUBTED);
        assertThat(new ClockCorrection(BEGIN).propose(-SECOND - 1, BEGIN)).isEqualTo(DOUBTED);
    }

    @Test
    void aSlewMovesATwentiethOfTheTimeThatPassesAndStopsAtItsTarget() {
        for (long sign : new long[] {1, -1}) {
            ClockCorrection slewing = new ClockCorrection(BEGIN);
            slewing.propose(sign * SECOND, BEGIN);

            assertThat(slewing.offset(BEGIN)).isZero();
            assertThat(slewing.offset(BEGIN + SECOND)).isEqualTo(sign * 50_000);
            assertThat(slewing.offset(BEGIN + 19 * SECOND)).isEqualTo(sign * 950_000);
            assertThat(slewing.offset(BEGIN + 20 * SECOND)).isEqualTo(sign * SECOND);
            assertThat(slewing.offset(BEGIN + 900 * SECOND)).isEqualTo(sign * SECOND);
        }
    }

    @Test
    void correctedTimeNeverGoesBackWhileSlewing() {
        correction.propose(-SECOND, BEGIN);
        long before = BEGIN + correction.offset(BEGIN);
        for (long machine = BEGIN + 1; machine < BEGIN + 30 * SECOND; machine += 9_973) {
            long corrected = machine + correction.offset(machine);
            assertThat(corrected).isGreaterThanOrEqualTo(before);
            before = corrected;
        }
    }

    @Test
    void aNewMeasurementWhileSlewingGoesOnFromWhereItStands() {
        correction.propose(SECOND, BEGIN);
        long later = BEGIN + 10 * SECOND;
        long reached = correction.offset(later);

        correction.propose(0, later);

        assertThat(correction.offset(later)).isEqualTo(reached).isEqualTo(500_000);
        assertThat(correction.offset(later + SECOND)).isEqualTo(450_000);
    }

    @Test
    void aMachineClockThatStepsBackDoesNotTurnASlewRound() {
        correction.propose(SECOND, BEGIN);

        assertThat(correction.offset(BEGIN - 50 * SECOND)).isZero();
    }

    @Test
    void aLargeOffsetCountsWhenThreeMeasurementsAgree() {
        assertThat(correction.propose(60 * SECOND, BEGIN)).isEqualTo(DOUBTED);
        assertThat(correction.propose(60 * SECOND + 250_000, BEGIN + SECOND)).isEqualTo(DOUBTED);
        assertThat(correction.offset(BEGIN + SECOND)).isZero();
        assertThat(correction.propose(60 * SECOND, BEGIN + 2 * SECOND)).isEqualTo(JUMPED_FORWARD);
        assertThat(correction.offset(BEGIN + 2 * SECOND)).isEqualTo(60 * SECOND);
    }

    @Test
    void aLargeOffsetBackwardCountsInTheSameWay() {
        correction.propose(-60 * SECOND, BEGIN);
        correction.propose(-60 * SECOND, BEGIN);
        assertThat(correction.propose(-60 * SECOND, BEGIN)).isEqualTo(JUMPED_BACKWARD);
        assertThat(correction.offset(BEGIN)).isEqualTo(-60 * SECOND);
    }

    @Test
    void measurementsThatDisagreeBeginTheDoubtAnew() {
        correction.propose(60 * SECOND, BEGIN);
        correction.propose(60 * SECOND, BEGIN);
        assertThat(correction.propose(60 * SECOND + 250_001, BEGIN)).isEqualTo(DOUBTED);
        assertThat(correction.propose(60 * SECOND + 250_001, BEGIN)).isEqualTo(DOUBTED);
        assertThat(correction.propose(60 * SECOND + 250_001, BEGIN)).isEqualTo(JUMPED_FORWARD);
    }

    @Test
    void aSmallMeasurementInBetweenEndsTheDoubt() {
        correction.propose(60 * SECOND, BEGIN);
        correction.propose(60 * SECOND, BEGIN);
        assertThat(correction.propose(0, BEGIN)).isEqualTo(SLEWED);
        assertThat(correction.propose(60 * SECOND, BEGIN)).isEqualTo(DOUBTED);
        assertThat(correction.propose(60 * SECOND, BEGIN)).isEqualTo(DOUBTED);
        assertThat(correction.propose(60 * SECOND, BEGIN)).isEqualTo(JUMPED_FORWARD);
    }

    @Test
    void afterAJumpTheNextLargeOffsetIsDoubtedAgain() {
        correction.jump(60 * SECOND, BEGIN);

        assertThat(correction.propose(0, BEGIN)).isEqualTo(DOUBTED);
        assertThat(correction.propose(60 * SECOND, BEGIN)).isEqualTo(SLEWED);
    }
}
