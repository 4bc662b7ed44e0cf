package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores runs that are derived, each as the only one of its task and instant. */
@ApplicationScoped
public class FiringStatement {

    private static final String COMMON = "common";
    private static final Sql INSERT_H2 = Sql.of("h2", "firing");
    private static final Sql INSERT_POSTGRESQL = Sql.of("postgresql", "firing");
    private static final Sql LIVE = Sql.of(COMMON, "live_firings");
    private static final Sql DECIDE = Sql.of(COMMON, "decide_firing");
    private static final Sql END = Sql.of(COMMON, "end_firing");
    private static final Sql FORGET = Sql.of(COMMON, "forget_firing");
    private static final Sql MISSED = Sql.of(COMMON, "missed");
    private static final Sql RUN = Sql.of(COMMON, "derive_run");
    private static final Sql ENTER = Sql.of(COMMON, "enter_run");

    @Inject
    Tickets tickets;

    /**
     * An instant's run.
     *
     * @param task the task
     * @param at the instant
     * @param run the run
     * @param buffered whether it waits for an earlier run to end
     * @param missed how many missed instants it stands for; null where none was missed
     */
    public record Firing(
            UUID task,
            Instant at,
            UUID run,
            boolean buffered,
            @Nullable Long missed) {}

    /**
     * A run that comes into being.
     *
     * @param run its id
     * @param task its task
     * @param place where it goes
     * @param at its instant
     * @param dueAt when it becomes ready by itself; null for one that is ready, or is made so by its schedule
     * @param ready whether it is ready at once
     * @param reason for its history
     */
    public record Derived(
            UUID run,
            UUID task,
            ScheduleRow.Place place,
            Instant at,
            @Nullable Instant dueAt,
            boolean ready,
            @Nullable String reason) {}

    /** Who derives, and when. */
    public record Deriving(UUID tenant, String actor, Instant now) {}

    /** The firings of these tasks whose runs had not ended when they were last looked at, by instant. */
    public List<LiveFiring> live(Connection connection, UUID tenant, Collection<UUID> tasks) throws SQLException {
        return tasks.isEmpty()
                ? List.of()
                : LIVE.query(connection, ScheduleStatement.named(tenant, tasks), LiveFiring::read);
    }

    /** Stores firings and answers those that are new; of the others the instant has a run already. */
    public List<Firing> insert(Connection connection, UUID tenant, List<Firing> firings) throws SQLException {
        List<Firing> fresh = new ArrayList<>();
        for (Firing firing : firings) {
            Values values = decision(tenant, firing, true).set("run_id", firing.run());
            if (InsertOrNothing.of(INSERT_H2, INSERT_POSTGRESQL).insert(connection, values)) {
                fresh.add(firing);
            }
        }
        return fresh;
    }

    /** Notes what was decided about firings; {@code live} where their runs go on. */
    public void decide(Connection connection, UUID tenant, List<Firing> firings, boolean live) throws SQLException {
        DECIDE.batch(
                connection,
                firings.stream().map(one -> decision(tenant, one, live)).toList());
    }

    private static Values decision(UUID tenant, Firing firing, boolean live) {
        return key(tenant, firing.task(), firing.at())
                .set("live", live)
                .set("buffered", firing.buffered())
                .set("missed", firing.missed());
    }

    /** Has firings count no longer. */
    public void end(Connection connection, UUID tenant, List<LiveFiring> ended) throws SQLException {
        END.batch(connection, keys(tenant, ended));
    }

    /** Removes firings, so that their instants may have other runs. */
    public void forget(Connection connection, UUID tenant, List<LiveFiring> firings) throws SQLException {
        FORGET.batch(connection, keys(tenant, firings));
    }

    private static List<Values> keys(UUID tenant, List<LiveFiring> firings) {
        return firings.stream().map(one -> key(tenant, one.task(), one.at())).toList();
    }

    private static Values key(UUID tenant, UUID task, Instant at) {
        return new Values().set("tenant", tenant).set("task_id", task).set("scheduled_at", at);
    }

    /** How many missed instants a run stands for. */
    public Optional<Long> missed(Connection connection, UUID tenant, UUID run) throws SQLException {
        Values values = new Values().set("tenant", tenant).set("run_id", run);
        return MISSED.query(connection, values, row -> row.getLong("missed")).stream()
                .findFirst();
    }

    /** Stores runs with their first events. */
    public void derive(Connection connection, Deriving deriving, List<Derived> runs, States states)
            throws SQLException {
        if (runs.isEmpty()) {
            return;
        }
        Values common = new Values()
                .set("tenant", deriving.tenant())
                .set("actor", deriving.actor())
                .set("now", deriving.now())
                .set("occurred_at", deriving.now())
                .set("pos", tickets.current(connection));
        List<Values> rows =
                runs.stream().map(run -> common.with(row(run, states))).toList();
        RUN.batch(connection, rows);
        ENTER.batch(connection, rows);
        Events.write(
                connection,
                runs.stream().map(run -> common.with(event(run, states))).toList());
    }

    /** The words of the two states that a derived run may be in. */
    public record States(String scheduled, String ready) {}

    private static Values row(Derived run, States states) {
        return new Values()
                .set("run_id", run.run())
                .set("task_id", run.task())
                .set("lane", run.place().lane())
                .set("state", run.ready() ? states.ready() : states.scheduled())
                .set("due_at", run.dueAt())
                .set("priority", run.ready() ? run.place().priority() : 0)
                .set("scheduled_at", run.at());
    }

    private static Values event(Derived run, States states) {
        String submitted = ">" + states.scheduled();
        return Events.blank()
                .set("run_id", run.run())
                .set("version", 1)
                .set("type", run.ready() ? "run.promoted" : "run.submitted")
                .set(
                        "transitions",
                        run.ready() ? submitted + "," + states.scheduled() + ">" + states.ready() : submitted)
                .set("priority", run.ready() ? run.place().priority() : 0)
                .set("scheduled_at", run.at())
                .set("reason", run.reason());
    }
}
