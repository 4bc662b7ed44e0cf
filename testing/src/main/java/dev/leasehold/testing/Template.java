package dev.leasehold.testing;

import dev.leasehold.node.Migrations;
import dev.leasehold.node.QueueUnit;
import dev.leasehold.sql.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.hibernate.SessionFactory;
import org.hibernate.jpa.HibernatePersistenceProvider;

/** What is made once a Java process, since it takes long: the queue's schema as a script, and the persistence provider. */
final class Template {

    private static final JdbcDataSource DATABASE = migrated();

    /** Opens sessions on the connection that it is given, of whichever database. */
    static final SessionFactory SESSIONS = sessions();

    private static final List<String> SCRIPT = script();

    private Template() {}

    /** Gives an empty database the queue's tables. */
    static void copy(Connection to) throws SQLException {
        try (Statement statement = to.createStatement()) {
            for (String line : SCRIPT) {
                statement.execute(line);
            }
        }
    }

    private static JdbcDataSource migrated() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:leasehold_testing;DB_CLOSE_DELAY=-1");
        database.setUser("sa");
        Migrations.run(database, Database.H2);
        return database;
    }

    private static SessionFactory sessions() {
        Map<String, Object> properties = Map.of(
                "jakarta.persistence.transactionType",
                "RESOURCE_LOCAL",
                "jakarta.persistence.nonJtaDataSource",
                DATABASE);
        return new HibernatePersistenceProvider()
                .createContainerEntityManagerFactory(new QueueUnit(DATABASE), properties)
                .unwrap(SessionFactory.class);
    }

    private static List<String> script() {
        try (Connection connection = DATABASE.getConnection();
                Statement statement = connection.createStatement();
                ResultSet lines = statement.executeQuery("script")) {
            List<String> script = new ArrayList<>();
            while (lines.next()) {
                script.add(lines.getString(1));
            }
            return script;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
