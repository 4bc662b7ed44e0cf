package dev.leasehold.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.conformance.RunFacts.Holding;
import dev.leasehold.run.RunState;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** AQ 3.3's texts and AQ 3.2's order of checks. */
class RefusalsTest {

    private static final UUID RUN = new UUID(0, 1);
    private static final UUID A = new UUID(0, 10);
    private static final UUID B = new UUID(0, 11);

    private static RunFacts in(RunState state) {
        return new RunFacts(RUN, state, null);
    }

    private static RunFacts held(RunState state, @Nullable UUID attempt) {
        return new RunFacts(RUN, state, new Holding("w1", 1, at(2000), attempt));
    }

    private static Instant at(long seconds) {
        return Instant.ofEpochSecond(seconds);
    }

    @Test
    void ofTheEightyOnePairsSeventeenPass() {
        long passed = Arrays.stream(RunState.values())
                .flatMap(from -> Arrays.stream(RunState.values()).map(to -> Refusals.transition(in(from), from, to)))
                .filter(Optional::isEmpty)
                .count();
        assertThat(passed).isEqualTo(17);
        assertThat(Refusals.transition(in(RunState.COMPLETED), RunState.COMPLETED, RunState.READY))
                .contains("mutation rejected for run " + RUN + ": invalid transition Completed -> Ready");
    }

    @Test
    void thePreviousStateIsCheckedFirst() {
        assertThat(Refusals.transition(in(RunState.READY), RunState.SCHEDULED, RunState.READY))
                .contains("mutation rejected for run " + RUN
                        + ": previous_state mismatch expected=Scheduled actual=Ready");
    }

    @Test
    void anOpenAttemptKeepsTheRunUnlessItIsCanceled() {
        RunFacts running = held(RunState.RUNNING, A);
        assertThat(Refusals.transition(running, RunState.RUNNING, RunState.COMPLETED))
                .contains("run " + RUN + " cannot leave Running while attempt " + A + " is active");
        assertThat(Refusals.suspend(running)).isPresent();
        assertThat(Refusals.transition(running, RunState.RUNNING, RunState.CANCELED))
                .isEmpty();
    }

    @Test
    void anAttemptIsFinishedOnceAndByItsId() {
        assertThat(Refusals.attemptFinish(held(RunState.RUNNING, A), A, false)).isEmpty();
        assertThat(Refusals.attemptFinish(held(RunState.RUNNING, A), B, false))
                .contains("attempt-finish rejected for run " + RUN + ": attempt mismatch expected=" + A + " provided="
                        + B);
        assertThat(Refusals.attemptFinish(in(RunState.COMPLETED), A, true))
                .contains("attempt-finish rejected for run " + RUN + ": no active attempt present");
        assertThat(Refusals.attemptFinish(in(RunState.READY), A, false))
                .contains("attempt-finish rejected for run " + RUN + ": run must be Running, observed Ready");
    }

    @Test
    void acquiring() {
        assertThat(Refusals.leaseAcquire(in(RunState.SCHEDULED)))
                .contains("lease acquire rejected for run " + RUN + ": invalid state Scheduled");
        assertThat(Refusals.leaseAcquire(held(RunState.LEASED, null)))
                .contains("lease acquire rejected for run " + RUN + ": lease already active");
        assertThat(Refusals.leaseAcquire(in(RunState.READY))).isEmpty();
    }

    @Test
    void heartbeats() {
        RunFacts running = held(RunState.RUNNING, A);
        assertThat(Refusals.leaseHeartbeat(running, "w1", at(2000))).isEmpty();
        assertThat(Refusals.leaseHeartbeat(running, "w1", at(1999)))
                .contains(
                        "lease heartbeat rejected for run " + RUN + ": expiry regression previous=2000 proposed=1999");
        assertThat(Refusals.leaseHeartbeat(running, "w2", at(3000)))
                .contains("lease heartbeat rejected for run " + RUN + ": owner mismatch");
        assertThat(Refusals.leaseHeartbeat(in(RunState.RUNNING), "w1", at(3000)))
                .contains("lease heartbeat rejected for run " + RUN + ": missing active lease");
        assertThat(Refusals.leaseHeartbeat(held(RunState.READY, null), "w1", at(3000)))
                .contains("lease heartbeat rejected for run " + RUN + ": invalid state Ready");
    }

    @Test
    void endingALeaseNeedsItsExactValues() {
        RunFacts leased = held(RunState.LEASED, null);
        assertThat(Refusals.leaseEnd("lease release", leased, "w1", at(2000))).isEmpty();
        assertThat(Refusals.leaseEnd("lease release", leased, "w2", at(2000)))
                .contains("lease release rejected for run " + RUN + ": owner mismatch");
        assertThat(Refusals.leaseEnd("lease expire", leased, "w1", at(1999)))
                .contains("lease expire rejected for run " + RUN + ": expiry mismatch expected=2000 provided=1999");
        assertThat(Refusals.leaseEnd("lease expire", in(RunState.RETRY_WAIT), "w1", at(2000)))
                .contains("lease expire rejected for run " + RUN + ": invalid state RetryWait");
    }

    @Test
    void creatingAndResuming() {
        assertThat(Refusals.runCreate(RUN, RunState.SCHEDULED, true))
                .contains("mutation rejected: run " + RUN + " already exists");
        assertThat(Refusals.runCreate(RUN, RunState.READY, false))
                .contains("mutation rejected for run " + RUN + ": run creation requires Scheduled state, got Ready");
        assertThat(Refusals.resume(in(RunState.READY)))
                .contains("run-resume rejected for run " + RUN + ": run must be Suspended, observed Ready");
        assertThat(Refusals.resume(in(RunState.SUSPENDED))).isEmpty();
    }
}
