package dev.leasehold.sql.h2;

import dev.leasehold.sql.Sql;
import dev.leasehold.sql.StartStatement;
import dev.leasehold.sql.Tickets;
import dev.leasehold.sql.Values;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Starts attempts run by run. */
public final class H2Start implements StartStatement {

    private static final Sql HELD = Sql.of("h2", "held");
    private static final Sql START = Sql.of("h2", "start");
    private static final Sql LEASE = Sql.of("h2", "start_lease");

    private record Held(H2Events.Tip tip, int attempts, boolean started) {}

    private final Tickets tickets;

    /** A statement that takes its positions from there. */
    public H2Start(Tickets tickets) {
        this.tickets = tickets;
    }

    @Override
    public Map<UUID, Integer> start(Connection connection, Start start) throws SQLException {
        Map<UUID, Integer> numbers = new HashMap<>();
        for (StartRow row : start.rows()) {
            for (Held held : held(connection, start, row)) {
                if (!held.started() && begin(connection, start, row, held)) {
                    numbers.put(row.runId(), held.attempts() + 1);
                }
            }
        }
        return numbers;
    }

    private static List<Held> held(Connection connection, Start start, StartRow row) throws SQLException {
        Values values = new Values()
                .set("tenant", start.tenant())
                .set("run_id", row.runId())
                .set("fence", row.fence())
                .set("owner", row.owner());
        return HELD.query(
                connection,
                values,
                found -> new Held(
                        H2Events.Tip.read(found, start.tenant(), row.runId()),
                        found.getInt("attempts_started"),
                        found.getObject("attempt_id") != null));
    }

    private boolean begin(Connection connection, Start start, StartRow row, Held held) throws SQLException {
        long ticket = tickets.current();
        if (START.update(connection, held.tip().next(ticket, start.now())) == 0) {
            return false;
        }
        Values attempt = new Values()
                .set("fence", row.fence())
                .set("attempt_id", row.attemptId())
                .set("attempt_number", held.attempts() + 1)
                .set("now", start.now());
        LEASE.update(connection, held.tip().next(ticket, start.now()).with(attempt));
        Values event = held.tip()
                .event(ticket, start.now())
                .with(attempt)
                .set("type", "run.started")
                .set("actor", start.actor())
                .set("transitions", "Leased>Running");
        H2Events.write(connection, List.of(event));
        return true;
    }
}
