package dev.leasehold.bench.leasehold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.database.TestDatabases;
import dev.leasehold.node.Migrations;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.Floors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The benchmark's own statements leave what is expected, and whatever is missing afterwards is found. */
class AuditTest {

    private static final Expected ALL = new Expected(30, 5, 7);

    private JdbcConnectionPool database;

    @BeforeEach
    void runs() throws SQLException {
        database = TestDatabases.fresh(Database.POSTGRESQL);
        Migrations.run(database, Database.POSTGRESQL);
        try (RawQueue queue = new RawQueue(database.getConnection(), new Floors(), new SortableIds())) {
            queue.submit(30, Duration.ZERO);
            int finished = 0;
            do {
                finished += queue.round(8);
            } while (!queue.idle());
            assertThat(finished).isEqualTo(30);
            queue.submit(5, Duration.ZERO);
            queue.submit(7, Duration.ofDays(1));
        }
    }

    @AfterEach
    void close() {
        database.dispose();
    }

    @Test
    void aWholeHistoryIsGood() throws SQLException {
        assertThat(fault(ALL)).isEmpty();
        assertThat(fault(new Expected(31, 4, 7))).contains("runs Completed after one attempt: 30 instead of 31");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            delete from leasehold.event where run_id = %s and version = 3      | ends: 29 instead of 30
            delete from leasehold.event where run_id = %s and version = 2      | runs whose events do not fit: 1 instead of 0
            delete from leasehold.attempt where run_id = %s                    | attempts: 29 instead of 30
            update leasehold.run set fence = 2 where run_id = %s               | attempts that succeeded at once: 29
            update leasehold.event set version = 4 where run_id = %s and version = 3 | runs whose events do not fit: 1
            update leasehold.attempt set result = 'Failure' where run_id = %s  | attempts that succeeded at once: 29
            update leasehold.run set state = 'Failed' where run_id = %s        | runs Completed after one attempt: 29
            delete from leasehold.run where run_id = %s                        | runs: 41 instead of 42
            """)
    void whatIsMissingIsFound(String tampering, String found) throws SQLException {
        String one = "(select run_id from leasehold.run where state = 'Completed' order by run_id limit 1)";
        execute(tampering.formatted(one));
        assertThat(fault(ALL)).contains(found);
    }

    @Test
    void aLeaseThatIsLeftIsFound() throws SQLException {
        try (RawQueue queue = new RawQueue(database.getConnection(), new Floors(), new SortableIds())) {
            queue.round(5);
        }

        assertThat(fault(ALL)).contains("leases: 5 instead of 0").contains("runs Ready and untouched: 0 instead of 5");
    }

    @Test
    void aPermitThatIsNoRecountIsFound() throws SQLException {
        execute("""
                insert into leasehold.permit (tenant_id, scope, name, most, used, fence, waiting)
                select tenant_id, 'key', 'k', 1, 1, 1, false from leasehold.tenant""");

        assertThat(fault(ALL)).contains("permits whose used is no recount: 1 instead of 0");
    }

    private String fault(Expected expected) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Audit.of(connection, expected).orElse("");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }
}
