package dev.leasehold.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.database.Golden;
import dev.leasehold.database.TestDatabases;
import dev.leasehold.node.Migrations;
import dev.leasehold.run.RunState;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class SchemaTest {

    private static final List<String> TABLES = List.of(
            "attempt",
            "audit_head",
            "audit_record",
            "cause_rerun",
            "dead_letter",
            "event",
            "event_data",
            "firing",
            "idempotency",
            "lane",
            "lease",
            "leasehold_schema_history",
            "node",
            "pause",
            "paused_task",
            "permit",
            "permit_holder",
            "position_base",
            "ready",
            "rerun",
            "run",
            "schedule",
            "signal",
            "tally",
            "tally_floor",
            "task",
            "tenant",
            "unique_task",
            "wait");

    private static final Map<String, String> TABLES_OF_ALL_TENANTS = Map.of(
            "leasehold_schema_history", "Flyway's own",
            "node", "a process serves all tenants",
            "position_base", "one row for the database",
            "tally_floor", "one row for the database",
            "tenant", "its own id is the tenant's");

    private static final Map<String, String> INDEXES_OF_ALL_TENANTS = Map.ofEntries(
            Map.entry("run_claim", "on H2 led by the lane, which belongs to one tenant"),
            Map.entry("ready_pkey", "on PostgreSQL led by the lane, which belongs to one tenant"),
            Map.entry("run_due", "one promotion serves all tenants"),
            Map.entry("wait_due_at", "one sweep serves all tenants"),
            Map.entry("run_parked", "led by the permit, which belongs to one tenant"),
            Map.entry("run_expires", "one sweep serves all tenants"),
            Map.entry("permit_waiting", "one sweep serves all tenants"),
            Map.entry("permit_holder_until", "one sweep serves all tenants"),
            Map.entry("idempotency_expires", "one sweep serves all tenants"),
            Map.entry("dead_letter_due", "one retry serves all tenants"),
            Map.entry("tally_place", "one fold serves all tenants, and a read sums the few rows behind the floor"),
            Map.entry("schedule_wake", "one derivation serves all tenants"),
            Map.entry("firing_live", "on H2 led by whether the run goes on: one derivation serves all tenants"),
            Map.entry("event_pos", "the feed's order and the start's greatest position"));

    /** As {@code sql.catalog.ExpectedIndex} reads them. */
    private static final String INDEXES = """
            select t.relname, c.relname, coalesce(k.contype::text, '-'), pg_get_indexdef(i.indexrelid)
            from pg_index i
            join pg_class c on c.oid = i.indexrelid
            join pg_class t on t.oid = i.indrelid
            left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u')
            where c.relnamespace = 'leasehold'::regnamespace order by c.relname
            """;

    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    @Parameter
    private Database database;

    private JdbcConnectionPool pool;

    @BeforeEach
    void migrate() {
        pool = TestDatabases.fresh(database);
        Migrations.run(pool, database);
    }

    @AfterEach
    void close() {
        pool.dispose();
    }

    @Test
    void theSchemaIsAsItWasAccepted() throws SQLException {
        Golden.matches(
                "src/test/resources/schema/" + database.name().toLowerCase(Locale.ROOT) + ".txt",
                Schema.dump(pool, database));
        if (database == Database.POSTGRESQL) {
            Golden.matches("ejb/src/main/resources/dev/leasehold/sql/indexes.txt", Schema.lines(pool, INDEXES));
        }
    }

    @Test
    void theTablesAreTheseAndNoOthers() throws SQLException {
        assertThat(Schema.tables(pool, database)).isEqualTo(tables());
    }

    private List<String> reasons() {
        String elsewhere = database == Database.POSTGRESQL ? "run_claim" : "ready_pkey";
        return INDEXES_OF_ALL_TENANTS.keySet().stream()
                .filter(index -> !index.equals(elsewhere))
                .toList();
    }

    private List<String> tables() {
        return TABLES.stream()
                .filter(table -> database == Database.POSTGRESQL || !table.equals("ready"))
                .toList();
    }

    @Test
    void theTenantLeadsEveryKeyAndIndexButThoseWithAReason() throws SQLException {
        List<Schema.Index> indexes = Schema.indexes(pool, database);

        assertThat(indexes).extracting(Schema.Index::table).containsAll(tables());
        assertThat(indexes).extracting(Schema.Index::name).containsAll(reasons());
        assertThat(indexes)
                .filteredOn(index -> !TABLES_OF_ALL_TENANTS.containsKey(index.table()))
                .filteredOn(index -> !INDEXES_OF_ALL_TENANTS.containsKey(index.name()))
                .hasSizeGreaterThanOrEqualTo(10)
                .allSatisfy(index -> assertThat(index.columns()).first().isEqualTo("tenant_id"));
    }

    @Test
    void theStateColumnTakesExactlyTheStates() throws SQLException {
        String query = database == Database.H2
                ? "select check_clause from information_schema.check_constraints where constraint_name = 'RUN_STATE'"
                : "select pg_get_constraintdef(oid) from pg_constraint where conname = 'run_state'";

        assertThat(QUOTED.matcher(Schema.lines(pool, query)).results().map(MatchResult::group))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(RunState.values())
                        .map(state -> "'" + state.word() + "'")
                        .toList());
    }

    @Test
    void migratingAgainChangesNothing() throws SQLException {
        String before = Schema.dump(pool, database);

        Migrations.run(pool, database);

        assertThat(Schema.dump(pool, database)).isEqualTo(before);
        assertThat(Schema.lines(pool, "select count(*) from leasehold.tenant")).isEqualTo("1\n");
    }

    @Test
    void migrationsThatAreNotThereAreAnError() throws ReflectiveOperationException {
        JdbcConnectionPool empty = TestDatabases.fresh(database);
        Method run = Class.forName(Migrations.class.getName(), true, new Blind(Set.of(database.migrations())))
                .getMethod("run", DataSource.class, Database.class);

        assertThatThrownBy(() -> run.invoke(null, empty, database))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .hasMessageContaining(database.migrations());

        empty.dispose();
    }
}
