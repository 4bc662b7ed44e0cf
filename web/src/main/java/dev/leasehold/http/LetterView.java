package dev.leasehold.http;

import dev.leasehold.letter.LetterStatus;
import dev.leasehold.sql.LetterRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A dead letter (T 4.7); what can be missing is null. */
record LetterView(
        String deadLetterId,
        String sourceType,
        String sourceId,
        UUID runId,
        UUID taskId,
        String reason,
        String status,
        List<String> recoveryOptions,
        int attempts,
        int retryDispatchCount,
        @Nullable Duration retryBackoffSecs,
        @Nullable Instant retryDispatchedAt,
        @Nullable Instant nextRetryAt,
        @Nullable UUID retryRunId,
        @Nullable String operatorDisposition,
        @Nullable String dispositionReason,
        @Nullable String dispositionActor,
        @Nullable Instant dispositionAt,
        Instant createdAt,
        Instant updatedAt) {

    /** A page; {@code next} only where it is full. */
    record Listing(List<LetterView> deadLetters, int count, int limit, Optional<String> next) {
        static Listing of(List<LetterRow> rows, int limit) {
            List<LetterView> views = rows.stream().map(LetterView::of).toList();
            Optional<String> next = rows.size() < limit
                    ? Optional.empty()
                    : Optional.of(rows.get(rows.size() - 1).id());
            return new Listing(views, views.size(), limit, next);
        }
    }

    static LetterView of(LetterRow row) {
        LetterRow.Retry retry = row.retry();
        LetterRow.Disposition decided = row.disposition();
        return new LetterView(
                row.id(),
                row.source().type(),
                row.source().id(),
                row.source().run(),
                row.source().task(),
                row.reason(),
                row.status(),
                options(row),
                row.attempts(),
                retry.count(),
                retry.backoff(),
                retry.dispatchedAt(),
                retry.dueAt(),
                retry.run(),
                decided == null ? null : decided.word(),
                decided == null ? null : decided.reason(),
                decided == null ? null : decided.actor(),
                decided == null ? null : decided.at(),
                row.createdAt(),
                row.updatedAt());
    }

    /** The verbs that apply to it as it stands. */
    private static List<String> options(LetterRow row) {
        LetterStatus status = LetterStatus.ofWord(row.status()).orElseThrow();
        if (status.settled()) {
            return List.of();
        }
        return status.automatic() || !row.source().ofRun()
                ? List.of("ignore", "resolve")
                : List.of("retry", "ignore", "resolve");
    }
}
