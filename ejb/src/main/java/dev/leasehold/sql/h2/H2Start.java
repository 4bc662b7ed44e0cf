package dev.leasehold.sql.h2;

import dev.leasehold.sql.Events;
import dev.leasehold.sql.Rows;
import dev.leasehold.sql.Sql;
import dev.leasehold.sql.StartStatement;
import dev.leasehold.sql.Tickets;
import dev.leasehold.sql.Tip;
import dev.leasehold.sql.Values;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Holds the runs, then starts attempts run by run. */
public final class H2Start implements StartStatement {

    private static final Sql LOCK = Sql.of("common", "lock_runs");
    private static final Sql HELD = Sql.of("h2", "held");
    private static final Sql START = Sql.of("h2", "start");
    private static final Sql LEASE = Sql.of("h2", "start_lease");

    private record Held(
            Tip tip,
            int attempts,
            boolean started,
            @Nullable Duration timeout) {
        static Held read(ResultSet found, UUID tenant, UUID run) throws SQLException {
            return new Held(
                    Tip.read(found, tenant, run),
                    found.getInt("attempts_started"),
                    found.getObject("attempt_id") != null,
                    Rows.durationOrNull(found, "timeout_micros"));
        }

        @Nullable
        Instant deadline(Instant now) {
            return timeout == null ? null : now.plus(timeout);
        }
    }

    private final Tickets tickets;

    /** A statement that takes its positions from there. */
    public H2Start(Tickets tickets) {
        this.tickets = tickets;
    }

    @Override
    public Map<UUID, Started> start(Connection connection, Start start) throws SQLException {
        Values runs =
                new Values().set("tenant", start.tenant()).column("run_ids", "uuid", start.rows(), StartRow::runId);
        LOCK.query(connection, runs, row -> row.getObject(1));
        Map<UUID, Started> started = new HashMap<>();
        List<Values> events = new ArrayList<>();
        for (StartRow row : start.rows()) {
            for (Held held : held(connection, start, row)) {
                if (!held.started() && begin(connection, start, row, held)) {
                    events.add(event(tickets.current(connection), start, row, held));
                    started.put(row.runId(), new Started(held.attempts() + 1, held.deadline(start.now())));
                }
            }
        }
        Events.write(connection, events);
        return started;
    }

    private static List<Held> held(Connection connection, Start start, StartRow row) throws SQLException {
        Values values = new Values()
                .set("tenant", start.tenant())
                .set("run_id", row.runId())
                .set("fence", row.fence())
                .set("owner", row.owner());
        return HELD.query(connection, values, found -> Held.read(found, start.tenant(), row.runId()));
    }

    private boolean begin(Connection connection, Start start, StartRow row, Held held) throws SQLException {
        long ticket = tickets.current(connection);
        if (START.update(connection, held.tip().next(ticket, start.now())) == 0) {
            return false;
        }
        Instant deadline = held.deadline(start.now());
        Values lease = new Values()
                .set("deadline", deadline)
                .set("latest", deadline == null ? null : deadline.plus(start.grace()));
        LEASE.update(
                connection,
                held.tip()
                        .next(ticket, start.now())
                        .with(attempt(start, row, held))
                        .with(lease));
        return true;
    }

    private static Values event(long ticket, Start start, StartRow row, Held held) {
        return held.tip()
                .event(ticket, start.now())
                .with(attempt(start, row, held))
                .set("type", "run.started")
                .set("actor", start.actor())
                .set("transitions", "Leased>Running");
    }

    private static Values attempt(Start start, StartRow row, Held held) {
        return new Values()
                .set("fence", row.fence())
                .set("attempt_id", row.attemptId())
                .set("attempt_number", held.attempts() + 1)
                .set("now", start.now());
    }
}
