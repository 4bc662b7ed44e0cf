package dev.leasehold.http;

import dev.leasehold.letter.Failures;
import dev.leasehold.sql.CauseRerunRow;
import dev.leasehold.sql.LetterRow;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the dead letters of one cause come to. */
record FailureView(
        String fingerprint,
        String reason,
        long count,
        Instant firstSeen,
        Instant lastSeen,
        long ratePerHour,
        Newest newest,
        @Nullable Rerun rerun) {

    private record Newest(String deadLetterId, UUID runId, UUID taskId) {}

    private record Rerun(
            String status,
            String actor,
            @Nullable String reason,
            Instant startedAt,
            Instant updatedAt,
            int batch,
            int reruns,
            int failed) {
        static Rerun of(CauseRerunRow row) {
            return new Rerun(
                    row.status(),
                    row.order().actor(),
                    row.order().reason(),
                    row.order().at(),
                    row.updatedAt(),
                    row.batch().size(),
                    row.reruns(),
                    row.failed());
        }
    }

    /** Causes, those that failed last before others. */
    record Listing(List<FailureView> failures, int count, int limit) {
        static Listing of(List<Failures.Cause> causes, int limit) {
            return new Listing(causes.stream().map(FailureView::of).toList(), causes.size(), limit);
        }
    }

    static FailureView of(Failures.Cause cause) {
        LetterRow newest = cause.newest();
        return new FailureView(
                cause.row().fingerprint(),
                newest.reason(),
                cause.row().letters(),
                cause.row().firstSeen(),
                cause.row().lastSeen(),
                cause.row().recent(),
                new Newest(newest.id(), newest.source().run(), newest.source().task()),
                cause.rerun() == null ? null : Rerun.of(cause.rerun()));
    }
}
