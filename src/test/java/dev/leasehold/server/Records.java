package dev.leasehold.server;

import dev.leasehold.node.QueueUnit;
import dev.leasehold.run.Invariant;
import dev.leasehold.run.Replay;
import dev.leasehold.run.Tenures;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.hibernate.jpa.HibernatePersistenceProvider;

/** What stands in a database of servers, read past all of them; it cannot change any of that. */
final class Records {

    private final DataSource source;

    Records(String database) {
        source = ServerDatabase.readOnly(database);
    }

    /** What does not fit of the runs, their events, leases and attempts. */
    List<String> faults() {
        Map<String, Object> local = Map.of(
                "jakarta.persistence.transactionType",
                "RESOURCE_LOCAL",
                "jakarta.persistence.nonJtaDataSource",
                source);
        try (EntityManagerFactory factory = new HibernatePersistenceProvider()
                        .createContainerEntityManagerFactory(new QueueUnit(source), local);
                EntityManager entities = factory.createEntityManager()) {
            entities.getTransaction().begin();
            // servers go on meanwhile: rows and events have to be of one instant
            entities.createNativeQuery("set transaction isolation level repeatable read")
                    .executeUpdate();
            List<String> faults = Replay.faults(entities);
            entities.getTransaction().rollback();
            return faults;
        }
    }

    /** What breaks one of those. */
    List<String> broken(List<Invariant> some) {
        return Invariant.broken(source, some);
    }

    /** What workers were told and the events do not bear out. */
    List<String> broken(Tenures tenures) {
        return tenures.broken(source);
    }

    /** Cuts one connection that a server has, any; answers how many that were. */
    int cutOne() {
        return read("""
                        select pg_terminate_backend(pid) from pg_stat_activity
                        where datname = current_database() and application_name not in ('', 'the test')
                        order by random() limit 1
                        """, row -> row.getBoolean(1)).size();
    }

    /** How to read a row. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The rows that a query answers. */
    <T> List<T> read(String sql, Row<T> row) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(row.read(rows));
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
