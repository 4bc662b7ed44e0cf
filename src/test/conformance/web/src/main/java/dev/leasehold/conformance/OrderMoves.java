package dev.leasehold.conformance;

import dev.leasehold.queue.Pause;
import dev.leasehold.queue.PauseOrder;
import dev.leasehold.queue.PauseQueues;
import dev.leasehold.queue.Pauses;
import dev.leasehold.queue.ResumeQueues;
import dev.leasehold.run.CancelRuns;
import dev.leasehold.run.Order;
import dev.leasehold.run.ResumeRuns;
import dev.leasehold.run.Runs;
import dev.leasehold.sql.Repeats;
import dev.leasehold.task.CancelTasks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Calls the beans by which operators step in; each answers whether it changed anything. */
@ApplicationScoped
public class OrderMoves {

    private static final int MOST_RUNS = 1000;
    private static final PauseOrder EVERYTHING = new PauseOrder(null, null);

    @Inject
    Repeats repeats;

    @Inject
    Pauses pauses;

    @Inject
    PauseQueues pause;

    @Inject
    ResumeQueues resume;

    @Inject
    CancelTasks cancelTasks;

    @Inject
    CancelRuns cancelRuns;

    @Inject
    ResumeRuns resumeRuns;

    @Inject
    Runs runs;

    boolean cancel(RunFacts run) {
        CancelRuns.Result result = repeats.call(() -> cancelRuns.execute(Facts.CALLER, List.of(Order.of(run.id()))))
                .get(0);
        Moves.heard(result.refusal());
        return result.status() == CancelRuns.Status.CANCELED;
    }

    boolean resume(RunFacts run) {
        Moves.heard(repeats.call(() -> resumeRuns.execute(Facts.CALLER, List.of(Order.of(run.id()))))
                .get(0)
                .refusal());
        return true;
    }

    /** Its runs go with it, in one commit (decisions 5.6). */
    boolean cancelTask(UUID task) {
        CancelTasks.Result result = repeats.call(() -> {
            CancelTasks.Result canceled = cancelTasks
                    .execute(Facts.CALLER, List.of(CancelTasks.Request.of(task)))
                    .get(0);
            List<Order> orders = runs.openOf(Facts.CALLER, task, MOST_RUNS).stream()
                    .map(Order::of)
                    .toList();
            cancelRuns.execute(Facts.CALLER, orders);
            return canceled;
        });
        Moves.heard(result.refusal());
        return result.canceledNow();
    }

    Optional<Pause> paused() {
        return repeats.call(() -> pauses.ofEverything(Facts.CALLER));
    }

    boolean pause() {
        return repeats.call(() -> pause.execute(Facts.CALLER, List.of(EVERYTHING)))
                .get(0);
    }

    boolean resume() {
        return repeats.call(() -> resume.execute(Facts.CALLER, List.of(EVERYTHING)))
                .get(0);
    }
}
