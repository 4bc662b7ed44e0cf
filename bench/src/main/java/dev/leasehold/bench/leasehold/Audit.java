package dev.leasehold.bench.leasehold;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Counts over all rows that every run was handled exactly once and that its whole history is there. */
final class Audit {

    private static final String RUNS = """
            select count(*) from leasehold.run
            where state = ? and version = ? and fence = ? and attempts_started = ? and attempts_suspended = 0""";

    private static final String EVENTS = "select count(*) from leasehold.event where type = ? and transitions = ?";

    private static final String ATTEMPTS = """
            select count(*)
            from leasehold.attempt a
            join leasehold.run r on r.tenant_id = a.tenant_id and r.run_id = a.run_id and r.state = a.led_to
            where a.number = 1 and a.result = 'Success' and a.led_to = 'Completed' and a.fence = r.fence
              and a.started_at <= a.finished_at""";

    private static final String GAPS = """
            select count(*)
            from leasehold.run r
            left join (
              select
                tenant_id, run_id, count(*) as events, min(version) as first, max(version) as last,
                count(*) filter (where transitions = 'Running>Completed') as ends
              from leasehold.event
              group by tenant_id, run_id
            ) e on e.tenant_id = r.tenant_id and e.run_id = r.run_id
            where e.events is distinct from r.version or e.first <> 1 or e.last <> r.version
              or e.ends <> case when r.state = 'Completed' then 1 else 0 end""";

    private static final String PERMITS = """
            select count(*) from leasehold.permit p
            where p.used <> (
              select count(*) from leasehold.permit_holder h
              where h.tenant_id = p.tenant_id and h.permit_id = p.permit_id)""";

    private final Connection connection;
    private final StringBuilder faults = new StringBuilder();

    private Audit(Connection connection) {
        this.connection = connection;
    }

    /** What is wrong, if anything. */
    static Optional<String> of(Connection connection, Expected expected) throws SQLException {
        Audit audit = new Audit(connection);
        audit.runs(expected);
        audit.history(expected);
        audit.rest();
        return audit.faults.isEmpty() ? Optional.empty() : Optional.of(audit.faults.toString());
    }

    private void runs(Expected expected) throws SQLException {
        require("runs", expected.runs(), "select count(*) from leasehold.run");
        require("tasks", expected.runs(), "select count(*) from leasehold.task");
        require("runs Completed after one attempt", expected.completed(), RUNS, "Completed", 3, 1L, 1);
        require("runs Ready and untouched", expected.ready(), RUNS, "Ready", 1, 0L, 0);
        require("runs Scheduled and untouched", expected.future(), RUNS, "Scheduled", 1, 0L, 0);
    }

    private void history(Expected expected) throws SQLException {
        long due = expected.completed() + expected.ready();
        long ended = expected.completed();
        require("events", expected.runs() + 2 * ended, "select count(*) from leasehold.event");
        require("submissions due", due, EVENTS, "run.promoted", ">Scheduled,Scheduled>Ready");
        require("submissions for later", expected.future(), EVENTS, "run.submitted", ">Scheduled");
        require("starts", ended, EVENTS, "run.started", "Ready>Leased,Leased>Running");
        require("ends", ended, EVENTS, "attempt.finished", "Running>Completed");
        require("attempts", ended, "select count(*) from leasehold.attempt");
        require("attempts that succeeded at once", ended, ATTEMPTS);
        require("runs whose events do not fit", 0, GAPS);
    }

    private void rest() throws SQLException {
        require("leases", 0, "select count(*) from leasehold.lease");
        require("permits whose used is no recount", 0, PERMITS);
        require("permits held", 0, "select count(*) from leasehold.permit_holder");
    }

    private void require(String what, long expected, String query, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                long found = rows.getLong(1);
                if (found != expected) {
                    faults.append(faults.isEmpty() ? "" : "; ").append(what + ": " + found + " instead of " + expected);
                }
            }
        }
    }
}
