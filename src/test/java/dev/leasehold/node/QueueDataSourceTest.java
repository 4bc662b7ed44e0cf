package dev.leasehold.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.database.TestDatabases;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Database;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** How long anything may wait for PostgreSQL. */
class QueueDataSourceTest {

    private final JdbcConnectionPool database = TestDatabases.fresh(Database.POSTGRESQL);
    private final Drivers drivers = new Drivers();

    @AfterEach
    void close() {
        database.dispose();
    }

    @Test
    void noWaitForAnAnswerOrALockIsWithoutAnEnd() throws SQLException {
        try (Connection connection = dataSource("").getConnection()) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(60_000);
            assertThat(lockTimeout(connection)).isEqualTo("2s");
            assertThat(shown(connection, "statement_timeout")).isEqualTo("50s");
        }
    }

    @Test
    void plansGoByIndexesAlsoWhileTablesAreSmallAndNoneIsCompiled() throws SQLException {
        try (Connection connection = dataSource("").getConnection()) {
            assertThat(shown(connection, "enable_seqscan")).isEqualTo("off");
            assertThat(shown(connection, "enable_bitmapscan")).isEqualTo("off");
            assertThat(shown(connection, "jit")).isEqualTo("off");
            assertThat(shown(connection, "plan_cache_mode")).isEqualTo("force_generic_plan");
        }
    }

    @Test
    void whatTheUrlSaysCountsFirst() throws SQLException {
        try (Connection connection =
                dataSource("&socketTimeout=5&options=-c%20lock_timeout=7s").getConnection()) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(5_000);
            assertThat(lockTimeout(connection)).isEqualTo("7s");
        }
    }

    @Test
    void aMigrationWaitsHoweverLongAndGivesItsConnectionBackAsItWas() throws SQLException {
        database.setMaxConnections(1);
        try (Connection connection = database.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, 60_000);
        }

        try (Connection connection = dataSource("").getConnection()) {
            try (Connection lent = PatientConnections.of(only(connection)).getConnection()) {
                assertThat(shown(lent, "statement_timeout")).isEqualTo("0");
            }
            assertThat(shown(connection, "statement_timeout")).isEqualTo("50s");
        }
        try (Connection lent = PatientConnections.of(database).getConnection()) {
            assertThat(lent.getNetworkTimeout()).isZero();
        }

        try (Connection connection = database.getConnection()) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(60_000);
        }
    }

    @Test
    void aSpareConnectionIsTheDriversOwnWithTheSameBounds() throws SQLException {
        try (Connection one = dataSource("").getConnection()) {
            assertThat(one.isWrapperFor(Spare.class)).isTrue();
            try (Connection spare = one.unwrap(Spare.class).open()) {
                assertThat(spare).isInstanceOf(PGConnection.class);
                assertThat(spare.getNetworkTimeout()).isEqualTo(60_000);
                assertThat(lockTimeout(spare)).isEqualTo("2s");
            }
            assertThat(one.isValid(1)).isTrue();
            assertThat(one.isWrapperFor(PGConnection.class)).isTrue();
        }
    }

    @Test
    void whenItEndsItsConnectionsAreClosedAndNoneIsOpenedAndItsDriversAreOnNoList() throws SQLException {
        DataSource ending = dataSource("");
        try (Connection one = ending.getConnection();
                Connection other = ending.getConnection();
                Connection another = another()) {
            Connection physical = one.unwrap(Spare.class).open();
            drivers.end();
            drivers.end();
            assertThat(one.isClosed()).isTrue();
            assertThat(other.isClosed()).isTrue();
            assertThat(physical.isClosed()).isTrue();
            assertThat(another.isClosed()).isFalse();
            assertThatThrownBy(ending::getConnection)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("taken down");
            assertThat(DriverManager.drivers())
                    .<Class<? extends Driver>>map(Driver::getClass)
                    .doesNotContain(org.h2.Driver.class, org.postgresql.Driver.class);
        } finally {
            org.h2.Driver.load();
            org.postgresql.Driver.register();
        }
    }

    private Connection another() throws SQLException {
        Map<String, String> settings = Map.of("leasehold.database-url", "jdbc:h2:mem:another");
        return new QueueDataSource(new Settings(settings::get), new Drivers()).getConnection();
    }

    private DataSource dataSource(String more) throws SQLException {
        try (Connection connection = database.getConnection()) {
            String url = connection.getMetaData().getURL().replaceFirst("\\?.*", "");
            Map<String, String> settings =
                    Map.of("leasehold.database-url", url + "?" + more, "leasehold.database-user", "postgres");
            return new QueueDataSource(new Settings(settings::get), drivers);
        }
    }

    /** A pool of that one connection, which is given back and not closed. */
    private static DataSource only(Connection connection) {
        Connection lasting = (Connection) Proxy.newProxyInstance(
                QueueDataSourceTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) ->
                        method.getName().equals("close") ? null : method.invoke(connection, arguments));
        return (DataSource) Proxy.newProxyInstance(
                QueueDataSourceTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> lasting);
    }

    private static String lockTimeout(Connection connection) throws SQLException {
        return shown(connection, "lock_timeout");
    }

    private static String shown(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show " + setting)) {
            row.next();
            return row.getString(1);
        }
    }
}
