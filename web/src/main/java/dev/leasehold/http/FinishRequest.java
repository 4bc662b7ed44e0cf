package dev.leasehold.http;

import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.fault.Fault;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a worker reports (http.md 3).
 *
 * @param items a report each, or why there cannot be one
 */
record FinishRequest(List<Item> items) {

    /**
     * A report of one attempt.
     *
     * @param report the report; null when its outcome breaks a rule
     * @param refusal which
     */
    record Item(
            UUID runId, @Nullable Report report, @Nullable Fault refusal) {}

    static FinishRequest of(Members members, int largestOutput) {
        members.only("owner", "attempts");
        String owner = Fields.owner(members);
        return new FinishRequest(Fields.items(members, "attempts", "run_id", "attempt_id", "fence", "outcome").stream()
                .map(attempt -> item(owner, attempt, largestOutput))
                .toList());
    }

    private static Item item(String owner, Members attempt, int largestOutput) {
        UUID run = Fields.id(attempt, "run_id");
        UUID id = Fields.id(attempt, "attempt_id");
        long fence = Fields.fence(attempt);
        try {
            return new Item(
                    run, new Report(owner, run, id, fence, OutcomeRequest.of(attempt, largestOutput), null), null);
        } catch (IllegalArgumentException e) {
            return new Item(run, null, new InvalidOutcome(run, String.valueOf(e.getMessage())));
        }
    }
}
