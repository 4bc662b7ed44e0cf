package dev.leasehold.http;

import dev.leasehold.api.Payload;
import dev.leasehold.sql.Claimed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A leased run as its worker gets it (http.md 3). */
record LeaseView(
        UUID runId,
        UUID taskId,
        String type,
        String queue,
        long fence,
        Optional<Long> keyFence,
        Instant expiry,
        Optional<Payload> payload,
        ConstraintsView constraints,
        int attemptsStarted,
        Optional<UUID> attemptId,
        Optional<Integer> attemptNumber,
        Optional<Instant> deadline) {

    /** All that a claim was granted. */
    record Granted(List<LeaseView> leases) {
        static Granted of(List<Claimed> runs) {
            return new Granted(runs.stream().map(LeaseView::of).toList());
        }
    }

    private static LeaseView of(Claimed run) {
        return new LeaseView(
                run.runId(),
                run.taskId(),
                run.type(),
                run.queue(),
                run.fence(),
                Optional.ofNullable(run.keys().fence()),
                run.expiry(),
                Optional.ofNullable(run.payload()),
                ConstraintsView.of(run),
                run.attemptsStarted(),
                Optional.ofNullable(run.attemptId()),
                run.attemptId() == null ? Optional.empty() : Optional.of(run.attemptsStarted()),
                Optional.ofNullable(run.deadline()));
    }
}
