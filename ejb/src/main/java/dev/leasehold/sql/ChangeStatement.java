package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** Locks named runs and changes them one by one: what operators, the sweep and worker commands on few runs need. */
@ApplicationScoped
public class ChangeStatement {

    private static final String COMMON = "common";
    private static final Sql LOCK = Sql.of(COMMON, "lock_runs");
    private static final Sql LOCK_FREE = Sql.of(COMMON, "lock_free_runs");
    private static final PerDatabase READ = PerDatabase.of("read_runs");
    private static final Sql CHANGE = Sql.of(COMMON, "change_run");
    private static final Sql END_LEASE = Sql.of(COMMON, "end_lease");
    private static final Sql ATTEMPT = Sql.of(COMMON, "attempt");

    /**
     * Who changes, and when.
     *
     * @param now the command's instant
     * @param actor whom the events name
     * @param ready the word of the state that may be claimed
     */
    public record Changing(Instant now, String actor, String ready) {}

    @Inject
    Tickets tickets;

    /** Waits until it holds those of the runs that exist, in id order, and answers them as they are then. */
    public List<LockedRun> lock(Connection connection, UUID tenant, Collection<UUID> runs) throws SQLException {
        return read(connection, tenant, locked(LOCK, connection, tenant, runs));
    }

    /** Holds those of the runs that nobody else holds. */
    public List<LockedRun> lockFree(Connection connection, UUID tenant, Collection<UUID> runs) throws SQLException {
        return read(connection, tenant, locked(LOCK_FREE, connection, tenant, runs));
    }

    /** The runs as they are at the moment, whoever holds them. */
    public List<LockedRun> read(Connection connection, UUID tenant, Collection<UUID> runs) throws SQLException {
        return runs.isEmpty() ? List.of() : READ.on(connection).query(connection, named(tenant, runs), LockedRun::read);
    }

    private static List<UUID> locked(Sql lock, Connection connection, UUID tenant, Collection<UUID> runs)
            throws SQLException {
        return runs.isEmpty()
                ? List.of()
                : lock.query(connection, named(tenant, runs), row -> Rows.uuid(row, "run_id"));
    }

    private static Values named(UUID tenant, Collection<UUID> runs) {
        return new Values().set("tenant", tenant).ids("run_ids", runs);
    }

    /** Stores changes of runs that this transaction holds. */
    public void apply(Connection connection, Changing changing, List<Change> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        long ticket = tickets.current(connection);
        Instant now = changing.now();
        require(CHANGE.batch(
                connection,
                changes.stream().map(one -> update(one, changing, ticket)).toList()));
        PassedWaits.store(connection, changing, ticket, changes);
        END_LEASE.batch(
                connection,
                changes.stream()
                        .filter(Change::endsLease)
                        .map(one -> one.run().tip().next(ticket, now))
                        .toList());
        ATTEMPT.batch(
                connection,
                changes.stream()
                        .filter(one -> one.ending() != null)
                        .map(one -> attempt(one, now))
                        .toList());
        Events.write(
                connection,
                changes.stream().map(one -> event(one, changing, ticket)).toList());
        Events.writeData(
                connection, changes.stream().flatMap(ChangeStatement::data).toList());
    }

    private static Stream<Values> data(Change change) {
        Tip tip = change.run().tip();
        return change.data() == null
                ? Stream.empty()
                : Stream.of(Events.data(
                        new Values()
                                .set("tenant", tip.tenant())
                                .set("run_id", tip.run())
                                .set("version", tip.version() + 1),
                        change.data()));
    }

    private static void require(int[] counts) {
        for (int count : counts) {
            if (count != 1) {
                throw new IllegalStateException("a run changed although it was held");
            }
        }
    }

    private static Values update(Change change, Changing changing, long ticket) {
        return change.run()
                .tip()
                .next(ticket, changing.now())
                .set("state", change.state())
                .set("claimable", change.state().equals(changing.ready()) && !change.held() && !change.waits())
                .set("held", change.held())
                .set("waits", change.waits())
                .set("lane", change.place().lane())
                .set("scheduled_at", change.place().scheduledAt())
                .set("due_at", change.dueAt())
                .set("priority", change.priority());
    }

    private static Values attempt(Change change, Instant now) {
        LockedRun.Held lease = Objects.requireNonNull(change.run().lease());
        LockedRun.Open open = Objects.requireNonNull(lease.attempt());
        Change.Ending ending = Objects.requireNonNull(change.ending());
        return new Values()
                .set("tenant", change.run().tip().tenant())
                .set("run_id", change.run().id())
                .set("attempt_number", open.number())
                .set("attempt_id", open.id())
                .set("owner", lease.owner())
                .set("fence", lease.fence())
                .set("started_at", open.startedAt())
                .set("finished_at", now.isAfter(open.startedAt()) ? now : open.startedAt())
                .set("result", ending.result())
                .set("error", ending.error())
                .set("output_content_type", null)
                .set("output_form", null)
                .set("output", null)
                .set("outcome_digest", null)
                .set("target", change.state());
    }

    private static Values event(Change change, Changing changing, long ticket) {
        LockedRun run = change.run();
        LockedRun.Held lease = change.endsLease() ? run.lease() : null;
        LockedRun.Open open = change.ending() == null || lease == null ? null : lease.attempt();
        return run.tip()
                .event(ticket, changing.now())
                .set("type", change.type())
                .set("actor", changing.actor())
                .set("transitions", change.transitions())
                .set("fence", lease == null ? null : lease.fence())
                .set("attempt_id", open == null ? null : open.id())
                .set("attempt_number", open == null ? null : open.number())
                .set("priority", change.priority() == run.priority() ? null : change.priority())
                .set("scheduled_at", change.movedTo())
                .set("due_at", change.dueAt())
                .set("reason", change.reason());
    }
}
