package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads one run: its events, and what its row says. */
@ApplicationScoped
public class EventStatement {

    private static final String COMMON = "common";
    private static final Sql AFTER = Sql.of(COMMON, "events_after");
    private static final Sql BEFORE = Sql.of(COMMON, "events_before");
    private static final Sql FACTS = Sql.of(COMMON, "run_facts");

    /**
     * Which of a run's events.
     *
     * @param after only those of greater version
     * @param before only those of smaller version
     * @param max at most so many
     */
    public record Part(int after, int before, int max) {}

    /** The oldest of that part, oldest first. */
    public List<EventRow> oldest(Connection connection, UUID tenant, UUID run, Part part) throws SQLException {
        return AFTER.query(connection, values(tenant, run, part), EventRow::read);
    }

    /** The newest of that part, oldest first. */
    public List<EventRow> newest(Connection connection, UUID tenant, UUID run, Part part) throws SQLException {
        List<EventRow> rows = new ArrayList<>(BEFORE.query(connection, values(tenant, run, part), EventRow::read));
        Collections.reverse(rows);
        return rows;
    }

    /** What the run's row says, with its lease. */
    public Optional<RunFacts> facts(Connection connection, UUID tenant, UUID run) throws SQLException {
        Values values = new Values().set("tenant", tenant).set("run_id", run);
        return FACTS.query(connection, values, RunFacts::read).stream().findFirst();
    }

    private static Values values(UUID tenant, UUID run, Part part) {
        return new Values()
                .set("tenant", tenant)
                .set("run_id", run)
                .set("after", part.after())
                .set("before", part.before())
                .set("max", part.max());
    }
}
