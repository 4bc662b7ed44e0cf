package dev.leasehold.conformance;

import dev.leasehold.run.RunState;
import dev.leasehold.run.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened to runs, counted from their events, in AQ 6.2's words.
 *
 * @param promotedScheduled became ready because their instant had come
 * @param promotedRetryWait became ready to be tried again
 * @param resumed went on after a suspension
 * @param dispatched began an attempt
 * @param completed came from an attempt to a terminal state
 */
record Tally(long promotedScheduled, long promotedRetryWait, long resumed, long dispatched, long completed) {

    /** Steps that were taken so many times. */
    record Counted(Step step, long times) {}

    static Tally of(List<Counted> counted) {
        return new Tally(
                ready(counted, RunState.SCHEDULED),
                ready(counted, RunState.RETRY_WAIT),
                ready(counted, RunState.SUSPENDED),
                sum(counted, new Step(RunState.LEASED, RunState.RUNNING)),
                sum(counted, new Step(RunState.RUNNING, RunState.COMPLETED))
                        + sum(counted, new Step(RunState.RUNNING, RunState.FAILED)));
    }

    private static long ready(List<Counted> counted, RunState from) {
        return sum(counted, new Step(from, RunState.READY));
    }

    private static long sum(List<Counted> counted, Step step) {
        return counted.stream()
                .filter(one -> one.step().equals(step))
                .mapToLong(Counted::times)
                .sum();
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("promoted_scheduled", promotedScheduled);
        json.put("promoted_retry_wait", promotedRetryWait);
        json.put("resumed", resumed);
        json.put("dispatched", dispatched);
        json.put("completed", completed);
        return json;
    }
}
