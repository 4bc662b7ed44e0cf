package dev.leasehold.http;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Cron;
import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Runs;
import dev.leasehold.sql.Database;
import dev.leasehold.tenant.Caller;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A full page of tasks says where the next one begins (decisions 12). */
class TaskPagesTest {

    private final Fixture queue = new Fixture(Database.H2);
    private final TaskViews views = queue.get(TaskViews.class);

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void aPageLeadsToTheNext() {
        queue.submit(NewTask.of("a"), NewTask.of("b"), NewTask.of("c"));
        Page two = Page.of(new Query(Map.of("limit", List.of("2"))));

        TaskView.Listing first = queue.in(() -> views.page(CALLER, two));
        UUID last = first.tasks().get(1).id();
        TaskView.Listing second = queue.in(() -> views.after(CALLER, last, 2));

        assertThat(first.tasks()).hasSize(2);
        assertThat(first.offset()).contains(0L);
        assertThat(first.next()).isEqualTo(last);
        assertThat(second.tasks()).hasSize(1).doesNotContainAnyElementsOf(first.tasks());
        assertThat(second.offset()).isEqualTo(Optional.empty());
        assertThat(second.next()).isNull();
        assertThatThrownBy(() -> queue.in(() -> views.after(CALLER, new UUID(3, 3), 2)))
                .isInstanceOf(InvalidPagination.class)
                .hasMessage("after must be the id of a task");
    }

    @Test
    void theRunsOfATaskThatGoesOnAreNotLookedAt() {
        List<UUID> asked = new ArrayList<>();
        try (Fixture fresh = new Fixture(Database.H2)) {
            fresh.put(Runs.class, new Runs() {
                @Override
                public Map<UUID, Set<RunState>> statesOfTasks(Caller caller, Collection<UUID> tasks) {
                    asked.addAll(tasks);
                    return Map.of();
                }
            });
            UUID once = fresh.submit(NewTask.of("a")).get(0).taskId();
            fresh.submit(NewTask.of("b").cron(Cron.of("@hourly")));

            TaskView.Listing all =
                    fresh.in(() -> fresh.get(TaskViews.class).page(CALLER, Page.of(new Query(Map.of()))));

            assertThat(all.tasks()).extracting(TaskView::status).containsExactly("active", "active");
            assertThat(asked).containsExactly(once);
        }
    }
}
