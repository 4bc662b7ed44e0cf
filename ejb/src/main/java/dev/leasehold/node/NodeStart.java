package dev.leasehold.node;

import dev.leasehold.settings.InvalidSetting;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.DatabaseTime;
import dev.leasehold.sql.Positions;
import dev.leasehold.sql.Statements;
import dev.leasehold.sql.Tickets;
import dev.leasehold.sql.Transactions;
import dev.leasehold.time.ClockCorrection;
import dev.leasehold.time.DatabaseClock;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.hibernate.jpa.HibernatePersistenceProvider;
import org.jspecify.annotations.Nullable;

/** Opens what a node needs, in order: settings, database, schema, positions, clock, entity manager factory. */
@ApplicationScoped
public class NodeStart {

    private static final System.Logger LOG = System.getLogger(NodeStart.class.getName());

    @Inject
    Settings settings;

    @Inject
    @Leasehold
    DatabaseClock clock;

    @Inject
    Transactions transactions;

    @Inject
    Node node;

    private @Nullable Instant giveUpAt;
    private @Nullable DataSource dataSource;
    private boolean shared;

    /** How an attempt to start ended. */
    public enum Result {
        /** The node takes part. */
        READY,
        /** The database does not answer yet; try again in a second. */
        WAITING,
        /** It will not start; the reason was logged in one line. */
        REFUSED
    }

    /** Tries once. There must be no transaction. What else it throws, the caller hands to {@link #failed}. */
    public Result attempt(TransactionSynchronizationRegistry registry) {
        try {
            settings.check();
            open(registry);
            return Result.READY;
        } catch (InvalidSetting e) {
            return refuse(String.valueOf(e.getMessage()));
        } catch (NamingException e) {
            return waitFor(e.getExplanation());
        } catch (SQLException e) {
            return StartFailures.inUse(e)
                    ? refuse("the database file is open in another process; only one may open an H2 file, several"
                            + " nodes need PostgreSQL (leasehold.database-url)")
                    : waitFor("the database does not answer: " + reason(e));
        }
    }

    /** What an attempt comes to that ended with this. */
    public Result failed(Throwable failure) {
        return StartFailures.passing(failure)
                ? waitFor("the database does not answer: " + reason(failure))
                : refuse(reason(failure));
    }

    private String reason(Throwable failure) {
        return StartFailures.reason(failure, settings.databaseUrl());
    }

    @SuppressWarnings("BanJNDI") // the name is the operator's own
    private static <T> T find(Class<T> type, String what, String name) throws NamingException {
        Object found;
        try {
            found = InitialContext.doLookup(name);
        } catch (NamingException e) {
            NamingException absent = new NamingException("there is no " + what + " " + name);
            absent.initCause(e);
            throw absent;
        }
        if (!type.isInstance(found)) {
            throw new NamingException(name + " is no " + what);
        }
        return type.cast(found);
    }

    private void open(TransactionSynchronizationRegistry registry) throws NamingException, SQLException {
        ManagedExecutorService executor = find(ManagedExecutorService.class, "executor", settings.executor());
        DataSource found = find(DataSource.class, "data source", settings.dataSource());
        Database database = Migrations.database(found);
        Migrations.run(found, database);
        Tickets tickets;
        try (Connection connection = found.getConnection()) {
            tickets = Positions.begin(database, connection, transactions);
            clock.begin(DatabaseTime.offset(database, connection, clock));
        }
        dataSource = found;
        shared = database != Database.H2;
        node.opened(factory(found, registry), Statements.of(database, tickets), found, executor);
        LOG.log(Level.INFO, "Leasehold is ready: node {0} on {1}", settings.node(), database);
    }

    private static EntityManagerFactory factory(DataSource found, TransactionSynchronizationRegistry registry) {
        Map<String, Object> properties = Map.of(
                "hibernate.transaction.jta.platform",
                new RegistryJtaPlatform(registry),
                "hibernate.hbm2ddl.auto",
                "none",
                "hibernate.type.json_format_mapper",
                new NoJsonColumns(),
                "hibernate.type.xml_format_mapper",
                "jaxb");
        return new HibernatePersistenceProvider().createContainerEntityManagerFactory(new QueueUnit(found), properties);
    }

    private Result waitFor(String reason) {
        Instant now = clock.machineTime();
        if (giveUpAt == null) {
            giveUpAt = now.plus(settings.startWait());
            LOG.log(Level.WARNING, "Leasehold waits up to {0}: {1}", settings.startWait(), reason);
        }
        if (!now.isBefore(giveUpAt)) {
            return refuse(reason);
        }
        node.waiting(reason);
        return Result.WAITING;
    }

    private Result refuse(String reason) {
        node.refused(reason);
        LOG.log(Level.ERROR, "Leasehold does not start: {0}", reason);
        return Result.REFUSED;
    }

    /** Measures the database's clock against this machine's; doubtful measurements are repeated by the caller. */
    public ClockCorrection.Reaction measureClock() throws SQLException {
        DataSource opened = Objects.requireNonNull(dataSource);
        try (Connection connection = opened.getConnection()) {
            return clock.correct(DatabaseTime.offset(Database.of(connection), connection, clock));
        }
    }

    /** The data source, once it is open and where other nodes may be on the same database. */
    public Optional<DataSource> shared() {
        return Optional.ofNullable(shared ? dataSource : null);
    }

    /** Closes what was opened. */
    public void stop() {
        node.close();
    }
}
