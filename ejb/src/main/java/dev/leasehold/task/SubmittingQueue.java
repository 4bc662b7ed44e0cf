package dev.leasehold.task;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.TaskQueue;
import dev.leasehold.sql.Transactions;
import dev.leasehold.task.SubmitTasks.Submitted;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The application's way to {@link SubmitTasks}: in its own transaction where it has one, and with a refusal thrown. */
@ApplicationScoped
public class SubmittingQueue implements TaskQueue {

    @Inject
    SubmitTasks submit;

    @Inject
    SharedSubmission shared;

    @Inject
    Transactions transactions;

    @Override
    public UUID submit(NewTask task) {
        Submitted result = transactions.none()
                ? shared.submit(task)
                : submit.execute(Caller.application(), List.of(task)).get(0);
        if (result.refusal() != null) {
            throw result.refusal();
        }
        return Objects.requireNonNull(result.taskId());
    }
}
