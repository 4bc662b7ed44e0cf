package dev.leasehold.doctor;

import dev.leasehold.fault.Unavailable;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.DatabaseTime;
import dev.leasehold.sql.catalog.BriefConnection;
import dev.leasehold.sql.catalog.Catalog;
import dev.leasehold.sql.catalog.Catalog.Role;
import dev.leasehold.sql.catalog.Connections;
import dev.leasehold.sql.catalog.EmbeddedCatalog;
import dev.leasehold.sql.catalog.ExpectedIndex;
import dev.leasehold.time.DatabaseClock;
import dev.leasehold.time.Leasehold;
import dev.leasehold.time.Stopwatch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Looks at the database as this node meets it (docs/operations.md, The doctor). It reads catalogs and statistics only,
 * gives each query of a server two seconds, and changes nothing.
 */
@ApplicationScoped
public class Doctor {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** One at a time: it holds two connections for a moment. */
    private final ReentrantLock examining = new ReentrantLock();

    @Inject
    Connections connections;

    @Inject
    Settings settings;

    @Inject
    @Leasehold
    DatabaseClock correction;

    @Inject
    @Leasehold
    Clock clock;

    /**
     * What it sees now. There must be no transaction.
     *
     * @throws Unavailable before the node's start is complete, and while another look takes longer than ten seconds
     */
    public Diagnosis examine() {
        if (!ourTurn()) {
            throw Unavailable.database();
        }
        try {
            return look();
        } finally {
            examining.unlock();
        }
    }

    private boolean ourTurn() {
        try {
            return examining.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Diagnosis look() {
        Stopwatch waiting = new Stopwatch(null);
        try (Connection open = connections.open()) {
            Duration waited = waiting.elapsed();
            DatabaseMetaData product = open.getMetaData();
            String name = product.getDatabaseProductName() + " " + product.getDatabaseProductVersion();
            return diagnosis(name, findings(open, waited));
        } catch (SQLException e) {
            return diagnosis("", List.of(Absence.of(e, waiting.elapsed(), settings.dataSource())));
        }
    }

    private Diagnosis diagnosis(String database, List<Finding> findings) {
        return new Diagnosis(clock.instant(), settings.node(), database, findings);
    }

    /** H2 has a limit for a connection, not for a statement, and would keep it: it is asked for nothing that can wait. */
    private List<Finding> findings(Connection connection, Duration waited) throws SQLException {
        Database database = Database.of(connection);
        Examination examination =
                new Examination(database == Database.H2 ? connection : BriefConnection.of(connection, LIMIT));
        examination.look("connection", c -> List.of(Capacity.waited(waited, settings.dataSource())));
        examination.look("clock", c -> List.of(clock(database, c)));
        switch (database) {
            case H2 -> embedded(examination);
            case POSTGRESQL -> server(examination);
        }
        return examination.findings();
    }

    private Finding clock(Database database, Connection connection) throws SQLException {
        Duration measured = Duration.of(DatabaseTime.offset(database, connection, correction), ChronoUnit.MICROS);
        Duration wall = Duration.of(correction.wallAhead(), ChronoUnit.MICROS);
        return Clocks.judge(measured.minus(wall), measured.minus(correction.offset()), correction.behind());
    }

    private static void embedded(Examination examination) {
        examination.look(
                "version", c -> List.of(Embedded.version(c.getMetaData().getDatabaseProductVersion())));
        examination.look("file", c -> Embedded.file(EmbeddedCatalog.fileSize(c)));
        examination.look(
                "write_delay",
                c -> EmbeddedCatalog.writeDelay(c).map(Embedded::delay).stream().toList());
    }

    private void server(Examination examination) {
        Set<Integer> backends = new HashSet<>();
        examination.look("version", c -> List.of(version(c.getMetaData())));
        examination.look("role", c -> {
            backends.add(Catalog.backend(c));
            Role role = Catalog.role(c);
            examination.as(role.name());
            return List.of(Capacity.visible(role));
        });
        examination.look("sessions", c -> Snapshots.sessions(Catalog.holders(c)));
        examination.look("prepared_transactions", c -> Snapshots.prepared(Catalog.prepared(c)));
        examination.look("replication_slots", c -> Snapshots.slots(Catalog.slots(c)));
        examination.look("tables", c -> Tables.judge(Catalog.tables(c)));
        examination.look("indexes", c -> Indexes.judge(ExpectedIndex.all(), Catalog.indexes(c)));
        examination.look("settings", c -> parameters(c).judge());
        examination.look("connections", c -> List.of(connections(c)));
        examination.look("transaction_ids", c -> List.of(Capacity.ages(Catalog.ages(c))));
        examination.look("pooler", c -> List.of(pooler(c, backends)));
    }

    private static Finding version(DatabaseMetaData product) throws SQLException {
        return Capacity.version(product.getDatabaseProductVersion(), product.getDatabaseMajorVersion());
    }

    private static Parameters parameters(Connection connection) throws SQLException {
        return new Parameters(Catalog.settings(connection, Parameters.NAMES), Catalog.role(connection));
    }

    private static Finding connections(Connection connection) throws SQLException {
        Map<String, Catalog.Setting> most = Catalog.settings(connection, Capacity.NAMES);
        return Capacity.connections(Catalog.counts(connection), most);
    }

    /** While another connection is in a transaction, a pooler that lends by transaction has to answer from elsewhere. */
    private Finding pooler(Connection connection, Set<Integer> before) throws SQLException {
        Set<Integer> backends = new HashSet<>(before);
        backends.add(Catalog.backend(connection));
        try (Connection open = connections.open()) {
            Connection other = BriefConnection.of(open, LIMIT);
            other.setAutoCommit(false);
            try {
                Catalog.backend(other);
                backends.add(Catalog.backend(connection));
            } finally {
                other.rollback();
                other.setAutoCommit(true);
            }
        }
        backends.add(Catalog.backend(connection));
        return Capacity.pooler(backends);
    }
}
