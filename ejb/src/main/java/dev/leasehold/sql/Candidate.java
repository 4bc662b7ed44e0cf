package dev.leasehold.sql;

import dev.leasehold.sql.ClaimStatement.Holder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run that may be claimed, as it was read.
 *
 * @param tip where its history stands
 * @param taskId the task that asked for it
 * @param priority its effective priority
 * @param scheduledAt the instant it was planned for
 * @param fence the number of its last lease
 * @param attempts how many attempts were started
 * @param holds whether it kept a permit from an earlier attempt
 * @param needs what its task and its lane say of it
 */
public record Candidate(
        Tip tip, UUID taskId, int priority, Instant scheduledAt, long fence, int attempts, boolean holds, Needs needs) {

    /** The order of dispatch (decisions 5.4). */
    public static final Comparator<Candidate> BEST = Comparator.comparingInt(Candidate::priority)
            .reversed()
            .thenComparing(Candidate::scheduledAt)
            .thenComparing(candidate -> candidate.tip().run());

    /**
     * What a run needs to be leased.
     *
     * @param permits the permits it must hold, in the order in which they are tested
     * @param timeout how long an attempt may take
     * @param payloadBytes the size of its payload
     */
    public record Needs(List<Long> permits, @Nullable Duration timeout, long payloadBytes) {

        /** Not read yet. */
        static final Needs UNKNOWN = new Needs(List.of(), null, 0);

        /** Reads what the task says, beside the permits of its lane. */
        public static Needs read(ResultSet row, @Nullable Long queuePermit, @Nullable Long typePermit)
                throws SQLException {
            return new Needs(
                    Stream.of(
                                    number(row, "task_permit"),
                                    number(row, "key_permit"),
                                    queuePermit,
                                    typePermit,
                                    number(row, "rate_permit"))
                            .flatMap(Stream::ofNullable)
                            .toList(),
                    Rows.durationOrNull(row, "timeout_micros"),
                    row.getLong("payload_bytes"));
        }

        /** A permit's number, or null. */
        public static @Nullable Long number(ResultSet row, String column) throws SQLException {
            long number = row.getLong(column);
            return row.wasNull() ? null : number;
        }
    }

    /** Reads all but what its task says. */
    public static Candidate read(ResultSet row, UUID tenant) throws SQLException {
        return new Candidate(
                Tip.read(row, tenant, Rows.uuid(row, "run_id")),
                Rows.uuid(row, "task_id"),
                row.getInt("priority"),
                Rows.instant(row, "scheduled_at"),
                row.getLong("fence"),
                row.getInt("attempts_started"),
                row.getBoolean("holds"),
                Needs.UNKNOWN);
    }

    /** The same with what it needs. */
    public Candidate needing(Needs all) {
        return new Candidate(tip, taskId, priority, scheduledAt, fence, attempts, holds, all);
    }

    UUID run() {
        return tip.run();
    }

    Values lease(Holder holder, @Nullable UUID attempt) {
        Duration timeout = needs.timeout();
        Instant deadline =
                attempt == null || timeout == null ? null : holder.now().plus(timeout);
        Instant latest = deadline == null ? holder.expiry() : deadline.plus(holder.grace());
        return holder.values()
                .with(attempt(attempt))
                .set("run_id", tip.run())
                .set("expiry", latest.isBefore(holder.expiry()) ? latest : holder.expiry())
                .set("started_at", attempt == null ? null : holder.now())
                .set("deadline", deadline);
    }

    Values event(long ticket, Holder holder, @Nullable UUID attempt) {
        return tip.event(ticket, holder.now())
                .with(attempt(attempt))
                .set("type", attempt == null ? "run.leased" : "run.started")
                .set("actor", holder.actor())
                .set("transitions", attempt == null ? "Ready>Leased" : "Ready>Leased,Leased>Running");
    }

    private Values attempt(@Nullable UUID attempt) {
        return new Values()
                .set("fence", fence + 1)
                .set("attempt_id", attempt)
                .set("attempt_number", attempt == null ? null : attempts + 1);
    }
}
