package dev.leasehold.sql.h2;

import dev.leasehold.sql.ClaimStatement.Holder;
import dev.leasehold.sql.Rows;
import dev.leasehold.sql.Tip;
import dev.leasehold.sql.Values;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A run that may be claimed, as it was read. */
record Candidate(
        Tip tip,
        UUID taskId,
        int priority,
        Instant scheduledAt,
        long fence,
        int attempts,
        @Nullable UUID attemptId,
        @Nullable Duration timeout) {

    static final Comparator<Candidate> BEST = Comparator.comparingInt(Candidate::priority)
            .reversed()
            .thenComparing(Candidate::scheduledAt)
            .thenComparing(candidate -> candidate.tip().run());

    /** What its task says of it. */
    record Limits(@Nullable Duration timeout, long payloadBytes) {
        static Limits read(ResultSet row) throws SQLException {
            return new Limits(Rows.durationOrNull(row, "timeout_micros"), row.getLong("payload_bytes"));
        }
    }

    static Candidate read(ResultSet row, UUID tenant) throws SQLException {
        return new Candidate(
                Tip.read(row, tenant, Rows.uuid(row, "run_id")),
                Rows.uuid(row, "task_id"),
                row.getInt("priority"),
                Rows.instant(row, "scheduled_at"),
                row.getLong("fence"),
                row.getInt("attempts_started"),
                null,
                null);
    }

    /** The same with the attempt that its claim starts. */
    Candidate starting(UUID attempt, @Nullable Duration limit) {
        return new Candidate(tip, taskId, priority, scheduledAt, fence, attempts, attempt, limit);
    }

    Values lease(Holder holder) {
        Instant deadline = timeout == null ? null : holder.now().plus(timeout);
        Instant latest = deadline == null ? holder.expiry() : deadline.plus(holder.grace());
        return holder.values()
                .with(attempt())
                .set("run_id", tip.run())
                .set("expiry", latest.isBefore(holder.expiry()) ? latest : holder.expiry())
                .set("started_at", attemptId == null ? null : holder.now())
                .set("deadline", deadline);
    }

    Values event(long ticket, Holder holder) {
        boolean starts = attemptId != null;
        return tip.event(ticket, holder.now())
                .with(attempt())
                .set("type", starts ? "run.started" : "run.leased")
                .set("actor", holder.actor())
                .set("transitions", starts ? "Ready>Leased,Leased>Running" : "Ready>Leased");
    }

    private Values attempt() {
        return new Values()
                .set("fence", fence + 1)
                .set("attempt_id", attemptId)
                .set("attempt_number", attemptId == null ? null : attempts + 1);
    }
}
