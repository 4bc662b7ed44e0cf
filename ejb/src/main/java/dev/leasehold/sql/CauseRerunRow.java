package dev.leasehold.sql;

import dev.leasehold.sql.LetterStatement.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far it has come that the failures of a cause are done again.
 *
 * @param order who wanted that, why, and since when
 * @param status {@link #RUNNING}, {@link #DONE} or {@link #STOPPED}
 * @param updatedAt when anything of this changed last
 * @param batch the last batch
 * @param reruns how many re-runs there were so far
 * @param failed how many of the last batch failed again
 * @param after the last letter that a batch has taken
 */
public record CauseRerunRow(
        UUID tenant,
        String fingerprint,
        Ordered order,
        String status,
        Instant updatedAt,
        Batch batch,
        int reruns,
        int failed,
        Place after) {

    /** Batches go on. */
    public static final String RUNNING = "running";

    /** Nothing is left to be done again. */
    public static final String DONE = "done";

    /** A run failed again. */
    public static final String STOPPED = "stopped";

    private static final String SEPARATOR = " ";

    /** Who wanted it, why, and when. */
    public record Ordered(String actor, @Nullable String reason, Instant at) {}

    /** How many letters a batch was for, and the re-runs that came of it. */
    public record Batch(int size, List<UUID> runs) {}

    /** One that begins. */
    public static CauseRerunRow begun(UUID tenant, String fingerprint, Ordered order) {
        Batch none = new Batch(0, List.of());
        return new CauseRerunRow(
                tenant, fingerprint, order, RUNNING, order.at(), none, 0, 0, new Place(Instant.EPOCH, ""));
    }

    /** The same with a further batch that ends with that letter. */
    public CauseRerunRow with(Instant now, Batch next, Place last) {
        return new CauseRerunRow(
                tenant,
                fingerprint,
                order,
                status,
                now,
                next,
                reruns + next.runs().size(),
                0,
                last);
    }

    /** The same at its end. */
    public CauseRerunRow ended(Instant now, String word, int failures) {
        return new CauseRerunRow(tenant, fingerprint, order, word, now, batch, reruns, failures, after);
    }

    static CauseRerunRow read(ResultSet row) throws SQLException {
        return new CauseRerunRow(
                Rows.uuid(row, "tenant_id"),
                row.getString("fingerprint"),
                new Ordered(row.getString("actor"), row.getString("reason"), Rows.instant(row, "started_at")),
                row.getString("status"),
                Rows.instant(row, "updated_at"),
                new Batch(row.getInt("batch"), runs(row.getString("batch_runs"))),
                row.getInt("reruns"),
                row.getInt("failed"),
                new Place(Rows.instant(row, "after_at"), row.getString("after_id")));
    }

    private static List<UUID> runs(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(SEPARATOR)).map(UUID::fromString).toList();
    }

    Values values() {
        return new Values()
                .set("tenant", tenant)
                .set("fingerprint", fingerprint)
                .set("status", status)
                .set("actor", order.actor())
                .set("reason", order.reason())
                .set("started_at", order.at())
                .set("updated_at", updatedAt)
                .set("batch", batch.size())
                .set("batch_runs", batch.runs().stream().map(UUID::toString).collect(Collectors.joining(SEPARATOR)))
                .set("reruns", reruns)
                .set("failed", failed)
                .set("after_at", after.at())
                .set("after_id", after.letter());
    }
}
