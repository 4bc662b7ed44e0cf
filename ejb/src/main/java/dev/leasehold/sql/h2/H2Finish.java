package dev.leasehold.sql.h2;

import dev.leasehold.sql.Events;
import dev.leasehold.sql.FinishStatement;
import dev.leasehold.sql.Payloads;
import dev.leasehold.sql.Rows;
import dev.leasehold.sql.Sql;
import dev.leasehold.sql.Tickets;
import dev.leasehold.sql.Tip;
import dev.leasehold.sql.Values;
import dev.leasehold.sql.Winners;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Holds the runs, reads the attempts that are still held, and ends them. */
public final class H2Finish implements FinishStatement {

    private static final Sql LOCK = Sql.of("common", "lock_runs");
    private static final Sql HELD = Sql.of("h2", "held");
    private static final Sql FINISH = Sql.of("h2", "finish");
    private static final Sql END_LEASE = Sql.of("common", "end_lease");
    private static final Sql ATTEMPT = Sql.of("common", "attempt");

    private record Held(FinishRow row, Tip tip, int number, Instant startedAt, Ended ended) {

        static Held read(ResultSet found, UUID tenant, FinishRow row) throws SQLException {
            return new Held(
                    row,
                    Tip.read(found, tenant, row.runId()),
                    found.getInt("attempt_number"),
                    Rows.instant(found, "started_at"),
                    Ended.read(found));
        }
    }

    private final Tickets tickets;

    /** A statement that takes its positions from there. */
    public H2Finish(Tickets tickets) {
        this.tickets = tickets;
    }

    @Override
    public Map<UUID, Ended> finish(Connection connection, Finish finish) throws SQLException {
        Values runs =
                new Values().set("tenant", finish.tenant()).column("run_ids", "uuid", finish.rows(), FinishRow::runId);
        LOCK.query(connection, runs, row -> row.getObject(1));
        List<Held> held = held(connection, finish);
        if (held.isEmpty()) {
            return Map.of();
        }
        long ticket = tickets.current(connection);
        int[] counts = FINISH.batch(
                connection,
                held.stream().map(one -> update(one, ticket, finish)).toList());
        List<Held> won = Winners.of(held, counts);
        END_LEASE.batch(
                connection,
                won.stream().map(one -> one.tip().next(ticket, finish.now())).toList());
        ATTEMPT.batch(connection, won.stream().map(one -> attempt(one, finish)).toList());
        Events.write(
                connection, won.stream().map(one -> event(one, ticket, finish)).toList());
        Map<UUID, Ended> finished = new HashMap<>();
        won.forEach(one -> finished.put(one.row().runId(), one.ended()));
        return finished;
    }

    private static List<Held> held(Connection connection, Finish finish) throws SQLException {
        List<Held> held = new ArrayList<>();
        for (FinishRow row : finish.rows()) {
            Values values = new Values()
                    .set("tenant", finish.tenant())
                    .set("run_id", row.runId())
                    .set("fence", row.fence())
                    .set("owner", row.owner());
            HELD.query(
                    connection,
                    values,
                    found -> row.attemptId().equals(found.getObject("attempt_id", UUID.class))
                            && held.add(Held.read(found, finish.tenant(), row)));
        }
        return held;
    }

    private static Values update(Held one, long ticket, Finish finish) {
        return one.tip()
                .next(ticket, finish.now())
                .set("target", one.row().target())
                .set("due_at", one.row().dueAt())
                .set("result", one.row().result());
    }

    private static Values attempt(Held one, Finish finish) {
        return new Values()
                .set("tenant", finish.tenant())
                .set("run_id", one.row().runId())
                .set("attempt_number", one.number())
                .set("attempt_id", one.row().attemptId())
                .set("owner", one.row().owner())
                .set("fence", one.row().fence())
                .set("started_at", one.startedAt())
                .set("finished_at", finish.now().isAfter(one.startedAt()) ? finish.now() : one.startedAt())
                .set("result", one.row().result())
                .set("error", one.row().error())
                .set("output_content_type", Payloads.contentType(one.row().output()))
                .set("output_form", Payloads.form(one.row().output()))
                .set("output", Payloads.bytes(one.row().output()))
                .set("outcome_digest", one.row().digest())
                .set("target", one.row().target());
    }

    private static Values event(Held one, long ticket, Finish finish) {
        return one.tip()
                .event(ticket, finish.now())
                .set("type", "attempt.finished")
                .set("actor", finish.actor())
                .set("transitions", "Running>" + one.row().target())
                .set("fence", one.row().fence())
                .set("attempt_id", one.row().attemptId())
                .set("attempt_number", one.number())
                .set("due_at", one.row().dueAt());
    }
}
