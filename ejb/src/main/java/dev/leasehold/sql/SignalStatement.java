package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads and stores what runs were told; whoever changes that holds the run. */
@ApplicationScoped
public class SignalStatement {

    private static final String COMMON = "common";
    private static final Sql INSERT = Sql.of(COMMON, "insert_signal");
    private static final Sql TAKE = Sql.of(COMMON, "take_signal");
    private static final Sql NEXT = Sql.of(COMMON, "next_signal");
    private static final Sql LAST = Sql.of(COMMON, "last_signal");
    private static final Sql OF_RUN = Sql.of(COMMON, "signals_of_run");

    /** Stores what a run is told. */
    public void insert(Connection connection, SignalRow signal) throws SQLException {
        INSERT.update(connection, signal.values());
    }

    /** Gives a signal to a wait. */
    public void take(Connection connection, SignalRow signal, String wait) throws SQLException {
        TAKE.update(connection, signal.values().set("wait_id", wait));
    }

    /** The first of that name that no wait took. */
    public Optional<SignalRow> next(Connection connection, UUID tenant, UUID run, String name) throws SQLException {
        return NEXT.query(connection, named(tenant, run, name), SignalRow::read).stream()
                .findFirst();
    }

    /** The place of the last one of that name; 0 when there is none. */
    public int last(Connection connection, UUID tenant, UUID run, String name) throws SQLException {
        return LAST.query(connection, named(tenant, run, name), row -> row.getInt("ordinal")).stream()
                .findFirst()
                .orElse(0);
    }

    /** The first that a run was told behind that event, in the order in which they came. */
    public List<SignalRow> page(Connection connection, UUID tenant, UUID run, int after, int max) throws SQLException {
        return OF_RUN.query(
                connection,
                new Values()
                        .set("tenant", tenant)
                        .set("run_id", run)
                        .set("after", after)
                        .set("max", max),
                SignalRow::read);
    }

    private static Values named(UUID tenant, UUID run, String name) {
        return new Values().set("tenant", tenant).set("run_id", run).set("name", name);
    }
}
