package dev.leasehold.sql.postgresql;

import dev.leasehold.api.Payload;
import dev.leasehold.sql.FinishStatement;
import dev.leasehold.sql.Payloads;
import dev.leasehold.sql.Rows;
import dev.leasehold.sql.Sql;
import dev.leasehold.sql.Values;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finishes attempts in one statement. */
public final class PostgresqlFinish implements FinishStatement {

    private static final Sql FINISH = Sql.of("postgresql", "finish");

    @Override
    public Map<UUID, Ended> finish(Connection connection, Finish finish) throws SQLException {
        List<FinishRow> rows = finish.rows().stream()
                .sorted(Comparator.comparing(FinishRow::runId, Values.BY_BITS))
                .toList();
        List<Ending> endings = rows.stream().map(Ending::of).distinct().toList();
        Map<Ending, Integer> places = new HashMap<>();
        endings.forEach(ending -> places.put(ending, places.size() + 1));
        List<String> owners = rows.stream().map(FinishRow::owner).distinct().toList();
        Values values = new Values()
                .set("tenant", finish.tenant())
                .set("now", finish.now())
                .set("actor", finish.actor())
                .column("run_ids", "uuid", rows, FinishRow::runId)
                .column("fences", "int8", rows, FinishRow::fence)
                .column("attempt_ids", "uuid", rows, FinishRow::attemptId)
                .column("owner_at", "int4", rows, row -> owners.indexOf(row.owner()) + 1)
                .column("owners", "varchar", owners, owner -> owner)
                .column("ending_at", "int4", rows, row -> places.get(Ending.of(row)))
                .column("targets", "varchar", endings, Ending::target)
                .column("due_at", "timestamptz", endings, Ending::dueAt)
                .column("results", "varchar", endings, Ending::result)
                .column("errors", "varchar", endings, Ending::error)
                .column("output_content_types", "varchar", endings, ending -> Payloads.contentType(ending.output()))
                .column("output_forms", "varchar", endings, ending -> Payloads.form(ending.output()))
                .column("outputs", "bytea", endings, ending -> Payloads.bytes(ending.output()))
                .column("outcome_digests", "uuid", endings, Ending::digest);
        Map<UUID, Ended> ended = new HashMap<>();
        FINISH.query(connection, values, row -> ended.put(Rows.uuid(row, "run_id"), Ended.read(row)));
        return ended;
    }

    /** How an attempt ended: the same for most attempts of a batch. */
    private record Ending(
            String target,
            @Nullable Instant dueAt,
            String result,
            @Nullable String error,
            @Nullable Payload output,
            UUID digest) {

        static Ending of(FinishRow row) {
            return new Ending(row.target(), row.dueAt(), row.result(), row.error(), row.output(), row.digest());
        }
    }
}
