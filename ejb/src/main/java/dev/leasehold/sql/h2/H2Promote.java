package dev.leasehold.sql.h2;

import dev.leasehold.sql.Events;
import dev.leasehold.sql.PromoteStatement;
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
import java.util.Comparator;
import java.util.List;

/** Reads due runs, then changes those that are still as they were read. */
public final class H2Promote implements PromoteStatement {

    private static final Sql DUE = Sql.of("h2", "due_runs");
    private static final Sql PROMOTE = Sql.of("h2", "promote");

    private record Due(Tip tip, String state, int priority) {

        static Due read(ResultSet row) throws SQLException {
            return new Due(
                    Tip.read(row, Rows.uuid(row, "tenant_id"), Rows.uuid(row, "run_id")),
                    row.getString("state"),
                    row.getInt("priority"));
        }
    }

    private final Tickets tickets;

    /** A statement that takes its positions from there. */
    public H2Promote(Tickets tickets) {
        this.tickets = tickets;
    }

    @Override
    public Promoted promote(Connection connection, Instant now, String actor, int max) throws SQLException {
        List<Due> due = new ArrayList<>(DUE.query(
                connection, new Values().set("now", now).set("max", max).set("everything", ""), Due::read));
        if (due.isEmpty()) {
            return new Promoted(0, List.of());
        }
        due.sort(Comparator.comparing(one -> one.tip().run()));
        long ticket = tickets.current(connection);
        int[] counts = PROMOTE.batch(
                connection,
                due.stream()
                        .map(one -> one.tip().next(ticket, now).set("priority", one.priority()))
                        .toList());
        List<Due> won = Winners.of(due, counts);
        Events.write(
                connection,
                won.stream().map(one -> event(one, ticket, now, actor)).toList());
        return new Promoted(won.size(), List.of());
    }

    private static Values event(Due due, long ticket, Instant now, String actor) {
        return due.tip()
                .event(ticket, now)
                .set("type", due.state().equals("Suspended") ? "run.resumed" : "run.promoted")
                .set("actor", actor)
                .set("transitions", due.state() + ">Ready")
                .set("priority", due.priority());
    }
}
