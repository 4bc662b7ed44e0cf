package dev.leasehold.sql;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Repeat;
import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.AppendNotes;
import dev.leasehold.run.Order;
import dev.leasehold.run.RerunRuns;
import dev.leasehold.run.Runs;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements on named runs, tasks and permits visit those, however many others their tenant has. */
class NamedRunsTest {

    private static final List<String> STATEMENTS = List.of(
            "lock_runs",
            "lock_free_runs",
            "ended_attempts",
            "lease_events",
            "held_permits",
            "lock_permits",
            "lock_free_permits",
            "read_permits",
            "find_permits",
            "lock_tasks",
            "lock_schedules",
            "lock_free_schedules",
            "read_schedules",
            "live_firings",
            "known_events",
            "open_reruns");
    private static final List<String> OF_EACH_DATABASE = List.of("read_runs", "claimed");
    private static final int MANY = 3000;
    private static final int ENDED = 500;

    private static List<Sql> statements(String database) {
        return Stream.concat(
                        STATEMENTS.stream().map(name -> Sql.of("common", name)),
                        OF_EACH_DATABASE.stream().map(name -> Sql.of(database, name)))
                .toList();
    }

    @Test
    void onH2TheyVisitAFewRows() throws SQLException {
        try (Fixture queue = new Fixture(Database.H2);
                Connection connection = queue.dataSource.getConnection()) {
            List<UUID> two = runs(queue).subList(1500, 1502);
            for (Sql statement : statements("h2")) {
                String plan = Plans.explain(connection, Database.H2, "analyze", statement, values(two));
                assertThat(Plans.visited(plan)).as(plan).isNotEmpty().allMatch(scanned -> scanned < 50);
            }
        }
    }

    @Test
    void onPostgresqlTheyGoByTheIndexAndAreSortedBeforeTheyAreLocked() throws SQLException {
        try (Fixture queue = new Fixture(Database.POSTGRESQL);
                Connection connection = queue.dataSource.getConnection()) {
            List<UUID> two = runs(queue).subList(1500, 1502);
            queue.tamper("analyze");
            for (Sql statement : statements("postgresql")) {
                String plan =
                        Plans.explain(connection, Database.POSTGRESQL, "analyze, costs off", statement, values(two));
                assertThat(Plans.visited(plan)).as(plan).isNotEmpty().allMatch(visited -> visited < 50);
            }
            Sql lock = Sql.of("common", "lock_runs");
            String locking = Plans.explain(connection, Database.POSTGRESQL, "costs off", lock, values(two));
            assertThat(locking.indexOf("LockRows")).isNotNegative().isLessThan(locking.indexOf("Sort"));
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void runsAreAnsweredOnceEachInTheOrderOfTheirIds(Database database) {
        try (Fixture queue = new Fixture(database)) {
            List<UUID> runs = runs(queue).subList(0, 300);
            List<UUID> named = new ArrayList<>(runs);
            named.addAll(runs.subList(0, 20));
            named.add(new UUID(-1, -1));
            Collections.reverse(named);

            List<UUID> locked = queue
                    .in(() -> queue.get(QueueSession.class)
                            .work(connection ->
                                    queue.get(ChangeStatement.class).lock(connection, CALLER.tenant(), named)))
                    .stream()
                    .map(LockedRun::id)
                    .toList();

            assertThat(locked)
                    .containsExactlyInAnyOrderElementsOf(runs)
                    .isSortedAccordingTo(Comparator.comparing(UUID::toString));
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void idsAreBoundOnceEachInTheOrderInWhichTheDatabaseSortsThem(Database database) throws SQLException {
        UUID low = UUID.fromString("00000000-0000-7000-8000-000000000001");
        UUID middle = UUID.fromString("7fffffff-0000-7000-8000-000000000001");
        UUID high = UUID.fromString("80000000-0000-7000-8000-000000000001");
        UUID higher = UUID.fromString("80000000-0000-7000-f000-000000000001");
        try (Fixture queue = new Fixture(database);
                Connection connection = queue.dataSource.getConnection();
                PreparedStatement bound = connection.prepareStatement("select * from unnest(?)");
                PreparedStatement sorted = connection.prepareStatement("select * from unnest(?) k (id) order by id")) {
            Values values = new Values().ids("ids", List.of(higher, low, high, middle, low));
            values.bind(connection, bound, List.of("ids"));
            values.bind(connection, sorted, List.of("ids"));

            assertThat(ids(bound)).containsExactly(low, middle, high, higher).isEqualTo(ids(sorted));
        }
    }

    private static List<UUID> ids(PreparedStatement statement) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    private static List<UUID> runs(Fixture queue) {
        NewTask task = NewTask.of("mail").repeat(new Repeat(MANY / 3, Duration.ofSeconds(60)));
        List<UUID> tasks = Stream.of(task, task, task)
                .map(one -> queue.submit(one).get(0).taskId())
                .toList();
        NewTask[] ended = new NewTask[ENDED];
        Arrays.setAll(ended, i -> NewTask.of("done").gates(Gates.key("K" + i, HoldPolicy.HOLD_DURING_RETRY)));
        queue.submit(ended);
        List<Claimed> done = queue.claim(ENDED, "done");
        queue.finish(
                done.stream().map(one -> Fixture.report(one, Outcome.success())).toArray(Report[]::new));
        List<Order> orders = done.stream().map(one -> Order.of(one.runId())).toList();
        queue.in(() -> queue.get(RerunRuns.class).execute(CALLER, orders));
        List<AppendNotes.Request> notes = orders.stream()
                .map(one -> new AppendNotes.Request(one, List.of(new AppendNotes.Note("n", "{}"))))
                .toList();
        queue.in(() -> queue.get(AppendNotes.class).execute(CALLER, notes));
        queue.claim(1, "mail");
        everyRunHasASchedule(queue);
        return tasks.stream()
                .flatMap(one -> queue.in(() -> queue.get(Runs.class).openOf(CALLER, one, MANY)).stream())
                .toList();
    }

    /** By the run's id, so that runs and schedules are named alike. */
    private static void everyRunHasASchedule(Fixture queue) {
        queue.tamper("delete from leasehold.firing");
        queue.tamper("""
                insert into leasehold.firing (tenant_id, task_id, scheduled_at, run_id, live, buffered)
                select tenant_id, run_id, scheduled_at, run_id, true, false from leasehold.run
                """);
        queue.tamper("""
                insert into leasehold.schedule (
                  tenant_id, task_id, version, repeat_interval_micros, max_occurrences, queue, lane_id, priority, instants)
                select tenant_id, run_id, 1, 1, 1, 'default', lane_id, 0, 0 from leasehold.run
                """);
    }

    private static Values values(List<UUID> runs) {
        return new Values()
                .set("tenant", CALLER.tenant())
                .ids("run_ids", runs)
                .ids("task_ids", runs)
                .set("run_id", runs.get(0))
                .set("everything", "")
                .names("permits", "int8", List.of(7L, 8L))
                .set("scope", "key")
                .names("names", "varchar", List.of("K7", "K8"))
                .names("event_ids", "varchar", List.of("n", "m"))
                .names("terminal", "varchar", List.of("Completed", "Failed"));
    }
}
