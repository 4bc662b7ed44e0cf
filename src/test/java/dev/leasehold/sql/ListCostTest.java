package dev.leasehold.sql;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunFilter;
import dev.leasehold.run.RunInLane;
import dev.leasehold.run.Runs;
import dev.leasehold.task.Task;
import dev.leasehold.task.Tasks;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A page of a list visits about as many rows as it shows, however long the list is. */
@ParameterizedClass
@EnumSource(Database.class)
class ListCostTest {

    private static final RunFilter ALL = new RunFilter(Set.of(), null, null, null);
    private static final int MANY = 3000;
    private static final int PAGE = 10;

    private final Database database;
    private final Fixture queue;

    ListCostTest(Database database) {
        this.database = database;
        queue = new Fixture(database);
        NewTask[] tasks =
                IntStream.range(0, 1000).mapToObj(i -> NewTask.of("mail")).toArray(NewTask[]::new);
        for (int i = 0; i < MANY; i += tasks.length) {
            queue.submit(tasks);
        }
        queue.tamper("analyze");
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void aPageOfRunsEndsWhereItIsFull() {
        List<RunInLane> page = visits(() -> runs().page(CALLER, ALL, 0, PAGE), CALLER.tenant(), 0, PAGE);
        Run last = page.get(PAGE - 1).run();
        RunFilter ofTask = new RunFilter(Set.of(), last.taskId(), null, null);
        List<RunInLane> next = visits(
                () -> runs().pageAfter(CALLER, ALL, last.id(), PAGE),
                CALLER.tenant(),
                last.scheduledAt().atOffset(ZoneOffset.UTC),
                last.id(),
                PAGE);

        assertThat(page).hasSize(PAGE);
        assertThat(next).hasSize(PAGE).doesNotContainAnyElementsOf(page);
        assertThat(visits(() -> runs().page(CALLER, ofTask, 0, PAGE), CALLER.tenant(), last.taskId(), 0, PAGE))
                .hasSize(1);
    }

    @Test
    void aCountEndsWhereItWasTold() {
        RunFilter mail = new RunFilter(Set.of(), null, "mail", null);
        assertThat(visits(() -> runs().count(CALLER, mail, PAGE), CALLER.tenant(), "mail", PAGE))
                .isEqualTo(PAGE);
        Run some = queue.in(() -> runs().page(CALLER, ALL, 0, 1)).get(0).run();
        RunFilter ofTask = new RunFilter(Set.of(), some.taskId(), null, null);
        assertThat(visits(() -> runs().count(CALLER, ofTask, PAGE), CALLER.tenant(), some.taskId(), PAGE))
                .isEqualTo(1);
    }

    @Test
    void aPageOfTasksEndsWhereItIsFull() {
        List<Task> page = visits(() -> tasks().page(CALLER, 0, PAGE), CALLER.tenant(), 0, PAGE);
        Task last = page.get(PAGE - 1);
        List<Task> next = visits(
                () -> tasks().pageAfter(CALLER, last.id(), PAGE),
                CALLER.tenant(),
                last.priority(),
                last.createdAt().atOffset(ZoneOffset.UTC),
                last.id(),
                PAGE);

        assertThat(page).hasSize(PAGE);
        assertThat(next).hasSize(PAGE).doesNotContainAnyElementsOf(page);
    }

    /** Looks at what the query visits that the work has made, with these values for its parameters. */
    private <T> T visits(Supplier<T> work, Object... values) {
        T found = queue.in(work);
        String plan = queue.in(() -> queue.get(QueueSession.class)
                .work(connection ->
                        Plans.explain(connection, database, "analyze", queue.queries.sql(), List.of(values))));
        assertThat(Plans.visited(plan)).as(plan).isNotEmpty().allMatch(rows -> rows <= 5 * PAGE);
        return found;
    }

    private Runs runs() {
        return queue.get(Runs.class);
    }

    private Tasks tasks() {
        return queue.get(Tasks.class);
    }
}
