package dev.leasehold.sql;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.database.Fixture;
import dev.leasehold.stats.VacuumTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeadRowsTest {

    private static final String READY = """
            insert into leasehold.ready
            select '%s', 1, -1, now() + i * interval '1 second', gen_random_uuid(), null
            from generate_series(1, %d) as s (i)
            """;
    private static final String LEASES = """
            insert into leasehold.lease (tenant_id, run_id, owner, fence, acquired_at, updated_at, expiry)
            select '%s', gen_random_uuid(), 'a', 1, now(), now(), now()
            from generate_series(1, %d) as s (i)
            """;

    @Test
    void readyRunsThatWentAreManyFromAHundredThousandOn() throws SQLException {
        try (Fixture queue = withoutAutovacuum("ready")) {
            go(queue, READY, "ready", 99_999);
            assertThat(count(queue).areManyReady()).isFalse();
            go(queue, READY, "ready", 1);

            assertThat(count(queue).areManyReady()).isTrue();
            assertThat(count(queue).areManyLeases()).isFalse();
        }
    }

    @Test
    void leasesThatWentAreManyUntilTheyAreClearedAway() throws SQLException {
        try (Fixture queue = withoutAutovacuum("lease")) {
            go(queue, LEASES, "lease", 100_000);
            assertThat(count(queue).areManyLeases()).isTrue();
            assertThat(count(queue).areManyReady()).isFalse();
            queue.tamper("vacuum leasehold.lease");

            assertThat(count(queue).areManyLeases()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whereNothingWentTheyAreFew(Database database) throws SQLException {
        try (Fixture queue = new Fixture(database)) {
            assertThat(count(queue).areManyLeases()).isFalse();
            assertThat(count(queue).areManyReady()).isFalse();
        }
    }

    private static Fixture withoutAutovacuum(String table) {
        Fixture queue = new Fixture(Database.POSTGRESQL);
        queue.tamper("alter table leasehold." + table + " set (autovacuum_enabled = off)");
        return queue;
    }

    private static DeadRows count(Fixture queue) throws SQLException {
        queue.get(VacuumTables.class).execute(CALLER, List.of(Integer.MAX_VALUE));
        return queue.get(DeadRows.class);
    }

    private static void go(Fixture queue, String insert, String table, int rows) throws SQLException {
        try (Connection connection = queue.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(insert.formatted(CALLER.tenant(), rows));
            statement.execute("delete from leasehold." + table);
            statement.execute("select pg_stat_force_next_flush()");
        }
    }
}
