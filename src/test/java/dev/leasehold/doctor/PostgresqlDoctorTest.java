package dev.leasehold.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.catalog.Connections;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the doctor finds on a real PostgreSQL, and that what it names mends it. */
class PostgresqlDoctorTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String PLAIN_ROLE = "doctor_plain";

    private final Fixture queue = new Fixture(Database.POSTGRESQL);

    @AfterEach
    void close() {
        queue.close();
    }

    private List<Finding> found(Code code) {
        return queue.get(Doctor.class).examine().findings().stream()
                .filter(one -> one.code() == code)
                .toList();
    }

    private Finding only(Code code) {
        assertThat(found(code)).as(code.word()).hasSize(1);
        return found(code).get(0);
    }

    private void isOk(Code code) {
        assertThat(only(code).severity()).as(code.word()).isEqualTo(Severity.OK);
    }

    /** Runs each statement by itself, as an operator would. */
    private void mend(Finding finding) throws SQLException {
        for (String statement : Objects.requireNonNull(finding.mend()).split(";", -1)) {
            execute(statement);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = fresh("postgres").open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Connections that take note of what was set for their role and database. */
    private Connections fresh(String user) throws SQLException {
        try (Connection connection = queue.dataSource.getConnection()) {
            String url = connection.getMetaData().getURL().replaceFirst("\\?.*", "");
            return () -> DriverManager.getConnection(url, user, "");
        }
    }

    private static int backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid(), 'a secret in a query'")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void burn(int transactions) throws SQLException {
        execute("do $$ begin for i in 1.." + transactions
                + " loop perform pg_current_xact_id(); commit; end loop; end $$");
    }

    @Test
    void theSessionThatHoldsTheOldestSnapshotIsNamedAndItsMendEndsIt() throws SQLException {
        try (Connection old = fresh("postgres").open()) {
            old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            old.setAutoCommit(false);
            old.setClientInfo("ApplicationName", "report");
            int pid = backend(old);
            burn(100_000);

            Finding held = only(Code.OLD_SNAPSHOT);

            assertThat(held.severity()).isEqualTo(Severity.WARNING);
            assertThat(held.detail())
                    .containsEntry("pid", pid)
                    .containsEntry("user", "postgres")
                    .containsEntry("application_name", "report")
                    .containsEntry("state", "idle in transaction")
                    .containsKey("open_secs");
            assertThat((Long) held.detail().get("age_transactions")).isGreaterThanOrEqualTo(100_000);
            assertThat(held.seen()).contains("session " + pid, "idle in transaction");
            assertThat(held.mend()).isEqualTo("select pg_terminate_backend(" + pid + ");");

            mend(held);

            await().atMost(LIMIT).untilAsserted(() -> isOk(Code.OLD_SNAPSHOT));
            assertThatThrownBy(() -> backend(old)).isInstanceOf(SQLException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run_due", "event_pos", "tenant_place", "run_pkey"})
    void anIndexThatIsGoneIsMadeAgain(String index) throws SQLException {
        String definition = definition(index);
        isOk(Code.MISSING_INDEX);
        boolean key = definition.startsWith("CREATE UNIQUE ");
        String table = definition.replaceFirst(".* ON (leasehold\\.\\w+) .*", "$1");
        execute(key ? "alter table " + table + " drop constraint " + index : "drop index leasehold." + index);

        Finding missing = only(Code.MISSING_INDEX);

        assertThat(missing.detail()).containsEntry("index", index);
        assertThat(missing.severity()).isEqualTo(key ? Severity.CRITICAL : Severity.WARNING);
        assertThat(missing.mend()).contains(" INDEX CONCURRENTLY " + index + " ON " + table);

        mend(missing);

        isOk(Code.MISSING_INDEX);
        isOk(Code.INVALID_INDEX);
        assertThat(definition(index)).isEqualTo(definition);
        assertThat(queue.count(
                        "select count(*) from pg_constraint where conname = '" + index + "' and contype in ('p', 'u')"))
                .isEqualTo(key ? 1 : 0);
    }

    private String definition(String index) throws SQLException {
        try (Connection connection = queue.dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select pg_get_indexdef('leasehold." + index + "'::regclass), true")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void anIndexThatIsInvalidIsMadeAnew() throws SQLException {
        isOk(Code.INVALID_INDEX);
        execute("update pg_index set indisvalid = false where indexrelid = 'leasehold.run_due'::regclass");

        Finding invalid = only(Code.INVALID_INDEX);

        assertThat(invalid.severity()).isEqualTo(Severity.WARNING);
        assertThat(invalid.mend()).isEqualTo("reindex index concurrently leasehold.run_due;");
        isOk(Code.MISSING_INDEX);

        mend(invalid);

        isOk(Code.INVALID_INDEX);
    }

    @Test
    void whatAFailedBuildLeftIsDropped() throws SQLException {
        queue.submit(NewTask.of("a"), NewTask.of("b"));
        assertThatThrownBy(() -> execute("create unique index concurrently leftover on leasehold.run (tenant_id)"))
                .hasMessageContaining("could not create unique index");

        Finding invalid = only(Code.INVALID_INDEX);

        assertThat(invalid.mend()).isEqualTo("drop index concurrently leasehold.leftover;");

        mend(invalid);

        isOk(Code.INVALID_INDEX);
        assertThat(queue.count("select count(*) from pg_class where relname = 'leftover'"))
                .isZero();
    }

    /** It has no right to any table either: none is read. */
    @Test
    void aRoleThatMayNotSeeMuchIsToldTheGrant() throws SQLException {
        execute("create role " + PLAIN_ROLE + " login");
        queue.put(Connections.class, fresh(PLAIN_ROLE));
        try (Connection old = fresh("postgres").open()) {
            old.setAutoCommit(false);
            old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            int pid = backend(old);
            burn(100_000);

            assertThat(found(Code.CHECK_FAILED)).isEmpty();
            assertThat(only(Code.OLD_SNAPSHOT).detail())
                    .containsEntry("pid", pid)
                    .doesNotContainKey("open_secs");
            Finding hidden = only(Code.NOT_VISIBLE);
            assertThat(hidden.severity()).isEqualTo(Severity.WARNING);
            assertThat(hidden.mend()).isEqualTo("grant pg_read_all_stats to doctor_plain;");

            mend(hidden);

            isOk(Code.NOT_VISIBLE);
            assertThat(only(Code.OLD_SNAPSHOT).detail()).containsKey("open_secs");
            assertThat(queue.get(Doctor.class).examine().toString()).doesNotContain("secret");
        } finally {
            execute("drop role " + PLAIN_ROLE);
        }
    }

    @Test
    void aViewThatTheRoleMayNotReadIsNoFailure() throws SQLException {
        execute("create role " + PLAIN_ROLE + " login in role pg_read_all_stats");
        execute("revoke select on pg_replication_slots from public");
        queue.put(Connections.class, fresh(PLAIN_ROLE));
        try {
            assertThat(found(Code.CHECK_FAILED)).isEmpty();
            assertThat(found(Code.NOT_VISIBLE))
                    .extracting(Finding::seen)
                    .containsExactlyInAnyOrder(
                            "the role doctor_plain sees other roles' sessions",
                            "the role may not look at replication_slots");
        } finally {
            execute("drop role " + PLAIN_ROLE);
        }
    }

    @Test
    void aPoolerThatLendsByTransactionIsFound() throws SQLException {
        try (TransactionPooler pooler = new TransactionPooler(fresh("postgres"))) {
            queue.put(Connections.class, pooler);

            Finding found = only(Code.POOLER);

            assertThat(found.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(found.detail()).containsEntry("server_processes", 2);
            assertThat(found.mend()).isEqualTo("pool_mode = session");
        }
    }

    @Test
    void aPoolThatLendsTheSameProcessIsNone() {
        isOk(Code.POOLER);
        isOk(Code.POOLER);
    }

    @Test
    void aQueryThatTakesTooLongIsAFindingAndStopsNoOther() {
        replace("pg_prepared_xacts", "select pg_sleep(60), ? as most");

        Finding failed = only(Code.CHECK_FAILED);

        assertThat(failed.seen()).isEqualTo("the look at prepared_transactions took too long");
        assertThat(failed.detail()).containsEntry("check", "prepared_transactions");
        assertThat(failed.severity()).isEqualTo(Severity.WARNING);
        assertThat(found(Code.PREPARED_TRANSACTION)).isEmpty();
        assertThat(found(Code.REPLICATION_SLOT)).hasSize(1);
    }

    @Test
    void aQueryThatFailsIsAFindingAndStopsNoOther() {
        replace("pg_stat_user_tables", "select 1 / 0, ?, ?");

        assertThat(only(Code.CHECK_FAILED).seen()).isEqualTo("the look at tables failed with SQL state 22012");
        assertThat(found(Code.DEAD_TUPLES)).isEmpty();
        isOk(Code.MISSING_INDEX);
    }

    @Test
    void aPreparedStatementThatIsLostIsThePoolers() throws SQLException {
        execute("create function lost() returns int language plpgsql as" + " 'begin raise sqlstate ''26000''; end'");
        replace("pg_stat_user_tables", "select lost(), ?, ?");

        assertThat(found(Code.POOLER)).extracting(Finding::severity).contains(Severity.CRITICAL);
    }

    /** Has a query that names a view be another one. */
    private void replace(String view, String sql) {
        queue.put(Connections.class, () -> {
            Connection real = queue.dataSource.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        boolean meant = method.getName().equals("prepareStatement")
                                && arguments[0].toString().contains(view);
                        try {
                            return method.invoke(real, meant ? new Object[] {sql} : arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        });
    }

    @Test
    void aParameterIsMendedWhereItWasSet() throws SQLException {
        queue.put(Connections.class, fresh("postgres"));
        String name = "database " + queueName();
        isOk(Code.TRACK_COUNTS);
        for (String where : List.of(name, "role postgres in " + name)) {
            execute("alter " + where + " set track_counts = off");

            Finding off = only(Code.TRACK_COUNTS);

            assertThat(off.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(off.mend()).isEqualTo("alter " + where + " reset track_counts;");

            mend(off);

            isOk(Code.TRACK_COUNTS);
        }
        assertThat(only(Code.FSYNC).severity()).isEqualTo(Severity.CRITICAL);
        assertThat(only(Code.FSYNC).mend()).isEqualTo("start the server with -c fsync=on");
    }

    @Test
    void aLockThatIsWaitedForWithoutABoundIsMended() throws SQLException {
        queue.put(Connections.class, fresh("postgres"));
        Finding endless = only(Code.LOCK_TIMEOUT);
        assertThat(endless.severity()).isEqualTo(Severity.WARNING);

        mend(endless);

        isOk(Code.LOCK_TIMEOUT);
        assertThat(only(Code.LOCK_TIMEOUT).detail()).containsEntry("millis", 2000L);
        mend(only(Code.STATEMENT_TIMEOUT));
        isOk(Code.STATEMENT_TIMEOUT);
        assertThat(only(Code.STATEMENT_TIMEOUT).detail()).containsEntry("millis", 50_000L);
    }

    @Test
    void aStatementThatHasTooLittleTimeGetsMore() throws SQLException {
        queue.put(Connections.class, fresh("postgres"));
        execute("alter database " + queueName() + " set statement_timeout = '1s'");
        assertThat(only(Code.STATEMENT_TIMEOUT).severity()).isEqualTo(Severity.WARNING);
        mend(only(Code.STATEMENT_TIMEOUT));
        isOk(Code.STATEMENT_TIMEOUT);
    }

    private String queueName() throws SQLException {
        try (Connection connection = queue.dataSource.getConnection()) {
            return connection.getCatalog();
        }
    }

    @Test
    void aTableThatNobodyCleansIsCleaned() throws SQLException {
        isOk(Code.TABLE_AUTOVACUUM);
        execute("alter table leasehold.rerun set (autovacuum_enabled = false)");
        execute("insert into leasehold.rerun select gen_random_uuid(), gen_random_uuid(), gen_random_uuid()"
                + " from generate_series(1, 110000)");
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(only(Code.NEVER_ANALYZED).mend()).isEqualTo("analyze leasehold.rerun;"));
        mend(only(Code.NEVER_ANALYZED));
        isOk(Code.NEVER_ANALYZED);
        execute("delete from leasehold.rerun");
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(only(Code.DEAD_TUPLES).severity()).isEqualTo(Severity.WARNING));

        Finding dead = only(Code.DEAD_TUPLES);

        assertThat(dead.seen()).contains("rerun has 110,000 dead rows and 0 live ones", "never vacuumed");
        assertThat(dead.mend()).isEqualTo("vacuum (analyze) leasehold.rerun;");
        mend(dead);
        await().atMost(LIMIT).untilAsserted(() -> isOk(Code.DEAD_TUPLES));

        Finding off = only(Code.TABLE_AUTOVACUUM);
        assertThat(off.mend()).isEqualTo("alter table leasehold.rerun reset (autovacuum_enabled);");
        mend(off);
        isOk(Code.TABLE_AUTOVACUUM);
    }
}
