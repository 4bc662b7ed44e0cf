package dev.leasehold.task;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.RunEvent;
import dev.leasehold.sql.Database;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class SubmittingQueueTest {

    private final Fixture queue;

    SubmittingQueueTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void itAnswersTheTasksIdAndNamesTheApplication() {
        UUID id = queue.in(() -> queue.get(SubmittingQueue.class).submit(NewTask.of("mail")));

        assertThat(queue.in(() -> queue.get(Tasks.class).get(CALLER, id)).type())
                .isEqualTo("mail");
        UUID run = queue.claim(1, "mail").get(0).runId();
        assertThat(queue.events(run).get(0)).extracting(RunEvent::actor).isEqualTo("application");
    }

    @Test
    void theSameAgainAnswersTheSameId() {
        NewTask task = NewTask.of("mail").id(new UUID(7, 7));

        assertThat(queue.in(() -> queue.get(SubmittingQueue.class).submit(task)))
                .isEqualTo(new UUID(7, 7));
        assertThat(queue.in(() -> queue.get(SubmittingQueue.class).submit(task)))
                .isEqualTo(new UUID(7, 7));
    }

    @Test
    void aRefusalIsThrownAndTheCallersTransactionCanGoOn() {
        NewTask task = NewTask.of("mail").id(new UUID(7, 7));
        queue.in(() -> {
            SubmittingQueue submitting = queue.get(SubmittingQueue.class);
            submitting.submit(task);
            assertThatThrownBy(() -> submitting.submit(task.priority(1))).isInstanceOf(TaskAlreadyExists.class);
            assertThatThrownBy(() -> submitting.submit(NewTask.of(""))).isInstanceOf(InvalidTask.class);
            return submitting.submit(NewTask.of("report"));
        });

        assertThat(queue.count("select count(*) from leasehold.run")).isEqualTo(2);
    }
}
