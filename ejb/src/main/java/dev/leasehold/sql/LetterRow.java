package dev.leasehold.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as it is stored.
 *
 * @param id its id within its tenant
 * @param source what failed
 * @param last how it failed the last time
 * @param status its status's word
 * @param attempts how often its run and the re-runs that failed were attempted
 * @param createdAt when it failed first
 * @param updatedAt when anything of this changed last
 * @param retry how far its retries have come
 * @param disposition what was decided about it last; null before anything was
 */
public record LetterRow(
        UUID tenant,
        String id,
        Source source,
        Failing last,
        String status,
        int attempts,
        Instant createdAt,
        Instant updatedAt,
        Retry retry,
        @Nullable Disposition disposition) {

    /** Why it failed, in what words of that kind of failure, and when. */
    public record Failing(String reason, String fingerprint, Instant at) {}

    /** What failed: a run, or something of one. */
    public record Source(String type, String id, UUID run, UUID task) {

        /** Whether it is the run itself. */
        public boolean ofRun() {
            return type.equals(LetterStatement.OF_RUN);
        }
    }

    /**
     * How far retries have come.
     *
     * @param count how many were dispatched since they were asked for
     * @param backoff how long the next one waits after the last
     * @param dispatchedAt when the last one was
     * @param run the last one
     * @param dueAt when the next one is to be; null while none is, or one is under way
     */
    public record Retry(
            int count,
            @Nullable Duration backoff,
            @Nullable Instant dispatchedAt,
            @Nullable UUID run,
            @Nullable Instant dueAt) {

        /** The same with another instant for the next one. */
        public Retry due(@Nullable Instant at) {
            return new Retry(count, backoff, dispatchedAt, run, at);
        }
    }

    /** What was decided about a letter, why, by whom and when. */
    public record Disposition(String word, @Nullable String reason, String actor, Instant at) {}

    /** Why it failed the last time. */
    public String reason() {
        return last.reason();
    }

    static LetterRow read(ResultSet row) throws SQLException {
        return new LetterRow(
                Rows.uuid(row, "tenant_id"),
                row.getString("dead_letter_id"),
                new Source(
                        row.getString("source_type"),
                        row.getString("source_id"),
                        Rows.uuid(row, "run_id"),
                        Rows.uuid(row, "task_id")),
                new Failing(row.getString("reason"), row.getString("fingerprint"), Rows.instant(row, "failed_at")),
                row.getString("status"),
                row.getInt("attempts"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"),
                new Retry(
                        row.getInt("retry_dispatch_count"),
                        Rows.durationOrNull(row, "retry_backoff_micros"),
                        Rows.instantOrNull(row, "retry_dispatched_at"),
                        row.getObject("retry_run_id", UUID.class),
                        Rows.instantOrNull(row, "due_at")),
                row.getString("operator_disposition") == null ? null : disposition(row));
    }

    private static Disposition disposition(ResultSet row) throws SQLException {
        return new Disposition(
                row.getString("operator_disposition"),
                row.getString("disposition_reason"),
                row.getString("disposition_actor"),
                Rows.instant(row, "disposition_at"));
    }

    /** The same at that instant with another status and other retries. */
    public LetterRow now(Instant at, String word, Retry retries) {
        return new LetterRow(tenant, id, source, last, word, attempts, createdAt, at, retries, disposition);
    }

    /** The same with what was decided about it. */
    public LetterRow disposed(Disposition decided) {
        return new LetterRow(tenant, id, source, last, status, attempts, createdAt, updatedAt, retry, decided);
    }

    /** The same after a re-run that failed as well. */
    public LetterRow failedAgain(Failing failing, int times) {
        return new LetterRow(
                tenant, id, source, failing, status, attempts + times, createdAt, updatedAt, retry, disposition);
    }

    Values values() {
        Values values = new Values()
                .set("tenant", tenant)
                .set("dead_letter_id", id)
                .set("reason", last.reason())
                .set("fingerprint", last.fingerprint())
                .set("failed_at", last.at())
                .set("status", status)
                .set("attempts", attempts)
                .set("updated_at", updatedAt)
                .set("retry_dispatch_count", retry.count())
                .set("retry_backoff_micros", micros(retry.backoff()))
                .set("retry_dispatched_at", retry.dispatchedAt())
                .set("retry_run_id", retry.run())
                .set("due_at", retry.dueAt());
        return disposition == null
                ? values.with(decided(null, null, null, null))
                : values.with(decided(disposition.word(), disposition.reason(), disposition.actor(), disposition.at()));
    }

    private static @Nullable Long micros(@Nullable Duration backoff) {
        return backoff == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, Instant.EPOCH.plus(backoff));
    }

    private static Values decided(
            @Nullable String word, @Nullable String reason, @Nullable String actor, @Nullable Instant at) {
        return new Values()
                .set("operator_disposition", word)
                .set("disposition_reason", reason)
                .set("disposition_actor", actor)
                .set("disposition_at", at);
    }
}
