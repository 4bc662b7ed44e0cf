package dev.leasehold.worker;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Cancellation;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Received;
import dev.leasehold.attempt.ErrorText;
import dev.leasehold.lease.Progress;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.LeaseStatement.Said;
import dev.leasehold.task.Admissions;
import dev.leasehold.task.Tags;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that this process started with its claim.
 *
 * @param run what was claimed
 * @param token what is in hand of it
 * @param cancellation when it has to stop
 * @param admissions for the tasks that it submits
 * @param mailbox for what its run waited for
 */
record CurrentAttempt(Claimed run, Token token, Cancellation cancellation, Admissions admissions, Mailbox mailbox)
        implements Attempt {

    private static final int WHOLE = 100;

    @Override
    public UUID taskId() {
        return run.taskId();
    }

    @Override
    public UUID runId() {
        return run.runId();
    }

    @Override
    public UUID attemptId() {
        return Objects.requireNonNull(run.attemptId());
    }

    @Override
    public int number() {
        return run.attemptsStarted();
    }

    @Override
    public int maxAttempts() {
        return run.maxAttempts();
    }

    @Override
    public long fence() {
        return run.fence();
    }

    @Override
    public OptionalLong keyFence() {
        Long number = run.keys().fence();
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    @Override
    public @Nullable String key() {
        return run.keys().concurrencyKey();
    }

    @Override
    public String type() {
        return run.type();
    }

    @Override
    public String queue() {
        return run.queue();
    }

    @Override
    public List<String> tags() {
        return Tags.read(run.labels().tags());
    }

    @Override
    public @Nullable String description() {
        return run.labels().description();
    }

    @Override
    public @Nullable Instant deadline() {
        return run.deadline();
    }

    @Override
    public List<Received> received() {
        return mailbox.of(run.runId());
    }

    @Override
    public void progress(int percent, @Nullable String message) {
        if (percent < 0 || percent > WHOLE) {
            throw new IllegalArgumentException("progress must be between 0 and 100 percent, got: " + percent);
        }
        String kept = message == null ? null : ErrorText.clean(message, Progress.LONGEST);
        token.say(new Said(run.runId(), run.fence(), percent, kept));
    }

    @Override
    public UUID submit(NewTask task) {
        NewTask named = admissions.named(task);
        token.submit(named);
        return Objects.requireNonNull(named.id());
    }
}
