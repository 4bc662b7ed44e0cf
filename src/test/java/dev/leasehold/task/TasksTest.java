package dev.leasehold.task;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.sql.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class TasksTest {

    private final Fixture queue;

    TasksTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void pagesFollowOneAnotherWhateverComesBetween() {
        for (int i = 0; i < 4; i++) {
            queue.submit(task(0), task(5), task(0), task(-3), task(5));
            queue.clock.advance(Duration.ofSeconds(i));
        }
        List<UUID> expected = ids(queue.in(() -> tasks().page(CALLER, 0, 100)));
        List<UUID> found = new ArrayList<>();
        List<UUID> page = ids(queue.in(() -> tasks().page(CALLER, 0, 3)));
        while (!page.isEmpty()) {
            found.addAll(page);
            queue.submit(task(9));
            UUID last = found.get(found.size() - 1);
            page = ids(queue.in(() -> tasks().pageAfter(CALLER, last, 3)));
        }

        assertThat(expected).hasSize(20).doesNotHaveDuplicates();
        assertThat(found).isEqualTo(expected);
        assertThatThrownBy(() -> queue.in(() -> tasks().pageAfter(CALLER, new UUID(1, 1), 3)))
                .isInstanceOf(TaskNotFound.class);
    }

    private static NewTask task(int priority) {
        return NewTask.of("mail").priority(priority);
    }

    private Tasks tasks() {
        return queue.get(Tasks.class);
    }

    private static List<UUID> ids(List<Task> tasks) {
        return tasks.stream().map(Task::id).toList();
    }
}
