package dev.leasehold.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.AttemptRecord;
import dev.leasehold.attempt.Attempts;
import dev.leasehold.attempt.ExpireLeases;
import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.attempt.StartAttempts;
import dev.leasehold.attempt.Terms;
import dev.leasehold.lease.ClaimRuns;
import dev.leasehold.lease.HeldLease;
import dev.leasehold.lease.Lease;
import dev.leasehold.lease.Leases;
import dev.leasehold.lease.ReleaseLeases;
import dev.leasehold.lease.RenewLeases;
import dev.leasehold.node.Migrations;
import dev.leasehold.node.Node;
import dev.leasehold.node.QueueUnit;
import dev.leasehold.run.CancelRuns;
import dev.leasehold.run.Invariant;
import dev.leasehold.run.Order;
import dev.leasehold.run.PromoteDueRuns;
import dev.leasehold.run.Replay;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunEvent;
import dev.leasehold.run.RunFilter;
import dev.leasehold.run.Runs;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.Floors;
import dev.leasehold.sql.Positions;
import dev.leasehold.sql.Statements;
import dev.leasehold.sql.Tickets;
import dev.leasehold.sql.Transactions;
import dev.leasehold.sql.catalog.Connections;
import dev.leasehold.task.SubmitTasks;
import dev.leasehold.tenant.Caller;
import dev.leasehold.testing.wiring.Wiring;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hibernate.jpa.HibernatePersistenceProvider;

/** The queue's beans on one new database, wired by hand: real statements, a settable clock, no server. */
public final class Fixture implements AutoCloseable {

    public static final Caller CALLER = Caller.system("test");

    private static final List<String> CHANGED = List.of(
            "permit",
            "permit_holder",
            "unique_task",
            "lane",
            "task",
            "run",
            "lease",
            "attempt",
            "event",
            "event_data",
            "wait",
            "signal",
            "rerun",
            "dead_letter",
            "tally",
            "pause",
            "schedule",
            "firing",
            "paused_task",
            "idempotency",
            "audit_head",
            "audit_record");

    private static final Map<Database, String> BLOCKED = Map.of(
            Database.H2,
            "select count(*) from information_schema.sessions where blocker_id is not null",
            Database.POSTGRESQL,
            "select count(*) from pg_locks where not granted");

    public final SettableClock clock;
    public final JdbcConnectionPool dataSource;
    public final LocalTransactions transactions;

    /** The last query that the persistence provider made of an entity query. */
    public final LastQuery queries = new LastQuery();

    private final Database database;
    private final EntityManagerFactory factory;
    private final Wiring beans = new Wiring();

    public Fixture(Database database) {
        this(database, TestDatabases.migrated(database), new SettableClock());
    }

    /** On a database that may hold something already, as one that was restored. */
    public Fixture(Database database, JdbcConnectionPool found) {
        this(database, migrated(found, database), new SettableClock());
    }

    private static JdbcConnectionPool migrated(JdbcConnectionPool found, Database database) {
        Migrations.run(found, database);
        return found;
    }

    /** Another node on that one's PostgreSQL; whoever closes the first closes this one before. */
    public static Fixture beside(Fixture first, SettableClock clock) {
        return new Fixture(Database.POSTGRESQL, first.dataSource, clock);
    }

    private Fixture(Database database, JdbcConnectionPool dataSource, SettableClock clock) {
        this.database = database;
        this.dataSource = dataSource;
        this.clock = clock;
        factory = new HibernatePersistenceProvider()
                .createContainerEntityManagerFactory(
                        new QueueUnit(dataSource),
                        Map.of(
                                "jakarta.persistence.transactionType",
                                "RESOURCE_LOCAL",
                                "jakarta.persistence.nonJtaDataSource",
                                dataSource,
                                "hibernate.session_factory.statement_inspector",
                                queries));
        transactions = new LocalTransactions(factory);
        beans.put(Transactions.class, transactions);
        beans.put(Clock.class, clock);
        beans.put(EntityManager.class, transactions.entities());
        beans.put(Settings.class, new Settings(key -> null));
        beans.put(Connections.class, (Connections) dataSource::getConnection);
        statements(Statements.of(database, tickets(database)));
    }

    private void statements(Statements statements) {
        beans.put(dev.leasehold.sql.LaneStatement.class, statements.lanes());
        beans.put(dev.leasehold.sql.SubmitStatement.class, statements.submit());
        beans.put(dev.leasehold.sql.PromoteStatement.class, statements.promote());
        beans.put(dev.leasehold.sql.ClaimStatement.class, statements.claim());
        beans.put(dev.leasehold.sql.StartStatement.class, statements.start());
        beans.put(dev.leasehold.sql.FinishStatement.class, statements.finish());
        beans.put(Tickets.class, statements.tickets());
    }

    private Tickets tickets(Database database) {
        try (Connection connection = dataSource.getConnection()) {
            return Positions.begin(database, connection, transactions);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has beans that are made from now on meet that one. */
    public <T> void put(Class<T> type, T bean) {
        beans.put(type, bean);
    }

    /** Has the node count as started for beans that are made from now on. */
    public void activate() {
        put(Node.class, new ActiveNode());
    }

    /** A node that counts as started. */
    public static class ActiveNode extends Node {
        @Override
        public boolean active() {
            return true;
        }

        @Override
        public boolean running() {
            return true;
        }
    }

    /** The bean of that class, its fields filled in. */
    public synchronized <T> T get(Class<T> type) {
        return beans.get(type);
    }

    /** Runs the work in the current transaction, or else in one of its own. */
    public <T> T in(Supplier<T> work) {
        return transactions.active() ? work.get() : transactions.inNew(work);
    }

    /** Submits tasks in one command. */
    public List<SubmitTasks.Submitted> submit(NewTask... tasks) {
        return in(() -> get(SubmitTasks.class).execute(CALLER, List.of(tasks)));
    }

    /** Submits a task that is new, and answers its run. */
    public UUID run(NewTask task) {
        SubmitTasks.Submitted submitted = submit(task).get(0);
        assertThat(submitted.status()).isEqualTo(SubmitTasks.Status.CREATED);
        RunFilter ofTask = new RunFilter(Set.of(), submitted.taskId(), null, null);
        return in(() -> get(Runs.class).page(CALLER, ofTask, 0, 1)).get(0).run().id();
    }

    /** Promotes up to that many runs. */
    public int promote(int max) {
        return in(() -> get(PromoteDueRuns.class).execute(CALLER, List.of(max))).get(0);
    }

    /** Leases up to that many runs to the worker {@code w} for 30 s, and starts their attempts. */
    public List<Claimed> claim(int max, String... types) {
        return claim("w", max, true, types);
    }

    /** Leases up to that many runs to the worker {@code w} for 30 s; their attempts do not start. */
    public List<Claimed> lease(int max, String... types) {
        return claim("w", max, false, types);
    }

    /** Leases up to that many runs to a worker for 30 s. */
    public List<Claimed> claim(String owner, int max, boolean start, String... types) {
        return claim(new ClaimRuns.Request(
                new ClaimRuns.Holder(owner, null),
                ClaimRuns.Filter.types(List.of(types)),
                max,
                Duration.ofSeconds(30),
                start));
    }

    /** Serves one request. */
    public List<Claimed> claim(ClaimRuns.Request request) {
        return in(() -> get(ClaimRuns.class).execute(CALLER, List.of(request))).get(0);
    }

    /** Starts attempts in one command. */
    public List<StartAttempts.Result> start(HeldLease... requests) {
        return in(() -> get(StartAttempts.class).execute(CALLER, List.of(requests)));
    }

    /** Finishes attempts in one command. */
    public List<FinishAttempts.Result> finish(FinishAttempts.Report... reports) {
        return in(() -> get(FinishAttempts.class).execute(CALLER, List.of(reports)));
    }

    /** Keeps a lease of the worker {@code w} for that long. */
    public RenewLeases.Result renew(Claimed claimed, Duration length) {
        HeldLease lease = new HeldLease("w", claimed.runId(), claimed.fence());
        return in(() -> get(RenewLeases.class).execute(CALLER, List.of(new RenewLeases.Request(lease, length))))
                .get(0);
    }

    /** Gives leases back. */
    public List<ReleaseLeases.Result> release(HeldLease... leases) {
        return in(() -> get(ReleaseLeases.class).execute(CALLER, List.of(leases)));
    }

    /** Acts on what has lapsed, and answers how many leases that ended. */
    public int expire() {
        return in(() -> get(ExpireLeases.class).execute(CALLER, List.of(100))).get(0);
    }

    /** Cancels runs in one command. */
    public List<CancelRuns.Result> cancel(Order... orders) {
        return in(() -> get(CancelRuns.class).execute(CALLER, List.of(orders)));
    }

    /** What the worker {@code w} reports of an attempt that started with its claim. */
    public static FinishAttempts.Report report(Claimed claimed, Outcome outcome) {
        return new FinishAttempts.Report(
                "w", claimed.runId(), claimed.attemptId(), claimed.fence(), outcome, Terms.of(claimed));
    }

    /** A run's row. */
    public Run row(UUID run) {
        return in(() -> get(Runs.class).get(CALLER, run).run());
    }

    /** A run's events. */
    public List<RunEvent> events(UUID run) {
        return in(() -> get(Runs.class).events(CALLER, run));
    }

    /** A run's lease. */
    public Optional<Lease> leaseOf(UUID run) {
        return in(() -> get(Leases.class).of(CALLER, run));
    }

    /** A run's ended attempts. */
    public List<AttemptRecord> attempts(UUID run) {
        return in(() -> get(Attempts.class).of(CALLER, run));
    }

    /** Replays every run from its events, requires its rows to be what they tell, and every invariant to hold. */
    public void verify() {
        assertThat(in(() -> Replay.faults(get(EntityManager.class)))).isEmpty();
        assertThat(Invariant.broken(dataSource, Invariant.always())).isEmpty();
    }

    /** Every row of every table that commands change, to see that nothing was changed. */
    public String dump() {
        StringBuilder dump = new StringBuilder();
        for (String table : CHANGED) {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select * from leasehold." + table + " order by 1, 2, 3")) {
                while (rows.next()) {
                    dump.append(table);
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        dump.append(' ').append(rows.getString(i));
                    }
                    dump.append('\n');
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        return dump.toString();
    }

    /** The number that a query of one number answers. */
    public long count(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns as soon as some transaction waits for another. */
    public void awaitBlocked() {
        Awaitility.await().until(() -> count(BLOCKED.get(database)) > 0);
    }

    /** Runs a change outside of every command, for what no command can do. */
    public int tamper(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            get(Floors.class).forget();
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        factory.close();
        dataSource.dispose();
    }
}
