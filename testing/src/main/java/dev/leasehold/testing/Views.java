package dev.leasehold.testing;

import dev.leasehold.attempt.AttemptRecord;
import dev.leasehold.attempt.Attempts;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunFilter;
import dev.leasehold.run.RunInLane;
import dev.leasehold.run.Runs;
import dev.leasehold.run.Step;
import dev.leasehold.tenant.Caller;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads runs for a test. */
final class Views {

    private static final int MOST = 1000;

    private final QueueProcess process;

    Views(QueueProcess process) {
        this.process = process;
    }

    RunView run(UUID run) {
        return process.transactions().inNew(() -> view(process.get(Runs.class).get(Caller.local(), run)));
    }

    List<RunView> runs(@Nullable UUID task) {
        RunFilter filter = new RunFilter(Set.of(), task, null, null);
        return process.transactions()
                .inNew(() -> process.get(Runs.class).page(Caller.local(), filter, 0, MOST).stream()
                        .map(this::view)
                        .toList());
    }

    private RunView view(RunInLane found) {
        Run run = found.run();
        List<String> history = process.get(Runs.class).events(Caller.local(), run.id()).stream()
                .flatMap(event -> event.steps().stream().map(Step::text))
                .toList();
        List<AttemptView> attempts = process.get(Attempts.class).of(Caller.local(), run.id()).stream()
                .map(Views::view)
                .toList();
        return new RunView(
                run.id(),
                run.taskId(),
                found.lane().type(),
                run.state(),
                attempts,
                run.dueAt(),
                run.scheduledAt(),
                history);
    }

    private static AttemptView view(AttemptRecord attempt) {
        return new AttemptView(
                attempt.result(), attempt.error(), attempt.output(), attempt.startedAt(), attempt.finishedAt());
    }
}
