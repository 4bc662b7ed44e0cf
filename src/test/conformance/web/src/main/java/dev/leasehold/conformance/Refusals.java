package dev.leasehold.conformance;

import static dev.leasehold.run.RunState.LEASED;
import static dev.leasehold.run.RunState.READY;
import static dev.leasehold.run.RunState.RUNNING;
import static dev.leasehold.run.RunState.SCHEDULED;
import static dev.leasehold.run.RunState.SUSPENDED;

import dev.leasehold.conformance.RunFacts.Holding;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Transition;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Why a mutation of AQ 3.2 is refused, in AQ 3.3's words and in its order of checks; empty when it may be. */
final class Refusals {

    private static final String ACQUIRE = "lease acquire";
    private static final String HEARTBEAT = "lease heartbeat";

    private Refusals() {}

    /** No run of that id; {@code what} is the mutation's name in messages. */
    static String unknownRun(String what, UUID run) {
        return what + " rejected: unknown run " + run;
    }

    static Optional<String> transition(RunFacts run, RunState previous, RunState next) {
        if (run.state() != previous) {
            return Optional.of("mutation rejected for run " + run.id() + ": previous_state mismatch expected="
                    + previous.word() + " actual=" + run.state().word());
        }
        if (!Transition.allows(previous, next)) {
            return Optional.of("mutation rejected for run " + run.id() + ": invalid transition " + previous.word()
                    + " -> " + next.word());
        }
        return next == RunState.CANCELED ? Optional.empty() : openAttempt(run);
    }

    private static Optional<String> openAttempt(RunFacts run) {
        return run.state() == RUNNING && run.attemptId() != null
                ? Optional.of(
                        "run " + run.id() + " cannot leave Running while attempt " + run.attemptId() + " is active")
                : Optional.empty();
    }

    static Optional<String> attemptStart(RunFacts run) {
        if (run.state() == RUNNING && run.attemptId() != null) {
            return of("attempt-start", run, "active attempt " + run.attemptId() + " already exists");
        }
        // a start is what makes a run Running here, so that it is asked for in Leased
        return run.state() == LEASED ? Optional.empty() : notRunning("attempt-start", run);
    }

    /** Closed attempts are no active ones whatever became of the run (scenario 13). */
    static Optional<String> attemptFinish(RunFacts run, UUID attempt, boolean closed) {
        UUID open = run.attemptId();
        if (open == null) {
            return closed || run.state() == RUNNING
                    ? of("attempt-finish", run, "no active attempt present")
                    : notRunning("attempt-finish", run);
        }
        return open.equals(attempt)
                ? Optional.empty()
                : of("attempt-finish", run, "attempt mismatch expected=" + open + " provided=" + attempt);
    }

    static Optional<String> suspend(RunFacts run) {
        return run.state() == RUNNING ? openAttempt(run) : notRunning("run-suspend", run);
    }

    static Optional<String> resume(RunFacts run) {
        return run.state() == SUSPENDED
                ? Optional.empty()
                : of(
                        "run-resume",
                        run,
                        "run must be Suspended, observed " + run.state().word());
    }

    static Optional<String> leaseAcquire(RunFacts run) {
        if (!Set.of(READY, LEASED).contains(run.state())) {
            return invalidState(ACQUIRE, run);
        }
        return run.lease() == null ? Optional.empty() : of(ACQUIRE, run, "lease already active");
    }

    static Optional<String> leaseHeartbeat(RunFacts run, String owner, Instant expiry) {
        if (!Set.of(LEASED, RUNNING).contains(run.state())) {
            return invalidState(HEARTBEAT, run);
        }
        return held(HEARTBEAT, run, owner).or(() -> regression(run, expiry));
    }

    private static Optional<String> regression(RunFacts run, Instant expiry) {
        Instant previous = Objects.requireNonNull(run.lease()).expiry();
        return expiry.isBefore(previous)
                ? of(HEARTBEAT, run, "expiry regression previous=" + text(previous) + " proposed=" + text(expiry))
                : Optional.empty();
    }

    /** Of {@code lease expire} and {@code lease release}. */
    static Optional<String> leaseEnd(String what, RunFacts run, String owner, Instant expiry) {
        if (!Set.of(READY, LEASED, RUNNING).contains(run.state())) {
            return invalidState(what, run);
        }
        return held(what, run, owner).or(() -> mismatch(what, run, expiry));
    }

    private static Optional<String> mismatch(String what, RunFacts run, Instant expiry) {
        Instant expected = Objects.requireNonNull(run.lease()).expiry();
        return expected.equals(expiry)
                ? Optional.empty()
                : of(what, run, "expiry mismatch expected=" + text(expected) + " provided=" + text(expiry));
    }

    private static Optional<String> held(String what, RunFacts run, String owner) {
        Holding lease = run.lease();
        if (lease == null) {
            return of(what, run, "missing active lease");
        }
        return lease.owner().equals(owner) ? Optional.empty() : of(what, run, "owner mismatch");
    }

    static Optional<String> runCreate(UUID run, RunState state, boolean runKnown) {
        if (runKnown) {
            return Optional.of("mutation rejected: run " + run + " already exists");
        }
        return state == SCHEDULED
                ? Optional.empty()
                : Optional.of("mutation rejected for run " + run + ": run creation requires Scheduled state, got "
                        + state.word());
    }

    private static Optional<String> notRunning(String what, RunFacts run) {
        return of(what, run, "run must be Running, observed " + run.state().word());
    }

    private static Optional<String> invalidState(String what, RunFacts run) {
        return of(what, run, "invalid state " + run.state().word());
    }

    private static Optional<String> of(String what, RunFacts run, String reason) {
        return Optional.of(what + " rejected for run " + run.id() + ": " + reason);
    }

    private static String text(Instant instant) {
        return Json.seconds(instant).toPlainString();
    }
}
