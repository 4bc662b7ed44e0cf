package dev.leasehold.letter;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.Fixture.report;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Outcome;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.run.Order;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Runs;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.LetterRow;
import dev.leasehold.task.CancelTasks;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Retries of dead letters, and what the ends of re-runs change about letters. */
@ParameterizedClass
@EnumSource(Database.class)
class RetryRunsTest {

    private static final List<Long> DUE = List.of(0L, 2000L, 6000L, 14_000L, 30_000L);

    private final Fixture queue;
    private final Post post;

    RetryRunsTest(Database database) {
        queue = new Fixture(database);
        post = new Post(queue);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void retriesStandApartToTheMillisecondAndTheFifthFailureExhausts() {
        UUID run = post.failed();
        assertThat(post.dispatch()).isZero();
        assertThat(post.retry(run).status()).isEqualTo(LetterStatus.RETRY_REQUESTED);
        for (int k = 1; k <= RetryDelay.MOST; k++) {
            if (k > 1) {
                queue.clock.set(START.plusMillis(DUE.get(k - 1) - 1));
                assertThat(post.dispatch()).isZero();
                post.advance(1);
            }
            requireRetry(run, k);
        }
        post.advance(Duration.ofDays(1).toMillis());
        assertThat(post.dispatch()).isZero();
        assertThat(post.word(run)).isEqualTo("retry_exhausted");
        assertThat(post.count()).isEqualTo(1);
        assertThat(post.retry(run).status()).isEqualTo(LetterStatus.RETRY_REQUESTED);
        assertThat(post.dispatch()).isEqualTo(1);
        assertThat(post.of(run).retry().count()).isEqualTo(1);
    }

    private void requireRetry(UUID run, int k) {
        assertThat(post.dispatch()).isEqualTo(1);
        LetterRow letter = post.of(run);
        assertThat(letter.status()).isEqualTo("retrying");
        assertThat(letter.retry())
                .isEqualTo(new LetterRow.Retry(
                        k,
                        Duration.ofSeconds(1L << k),
                        START.plusMillis(DUE.get(k - 1)),
                        letter.retry().run(),
                        null));
        UUID retry = post.end(Outcome.fail("no " + k));
        assertThat(retry).isEqualTo(letter.retry().run());
        assertThat(queue.in(() -> queue.get(Runs.class).get(CALLER, retry)).rerunOf())
                .isEqualTo(run);
        assertThat(post.dispatch()).isZero();
        assertThat(post.of(run).attempts()).isEqualTo(1 + k);
        assertThat(post.of(run).reason()).isEqualTo("no " + k);
        assertThat(post.status(run)).isEqualTo(k < RetryDelay.MOST ? "retrying" : "exhausted");
    }

    @Test
    void aRetryThatLastsLongerThanTheBackoffIsFollowedAtOnce() {
        UUID run = post.failed();
        post.retry(run);
        post.dispatch();
        Claimed claimed = queue.claim(1, "mail").get(0);
        post.advance(10_000);
        assertThat(post.dispatch()).isZero();

        queue.finish(report(claimed, Outcome.fail("no")));

        assertThat(post.dispatch()).isEqualTo(1);
        assertThat(post.of(run).retry().count()).isEqualTo(2);
    }

    @Test
    void successResolves() {
        UUID run = post.failed();
        post.retry(run);
        post.dispatch();
        assertThat(post.status(run)).isEqualTo("retrying");

        UUID retry = post.end(Outcome.success());

        assertThat(queue.row(retry).state()).isEqualTo(RunState.COMPLETED);
        assertThat(post.status(run)).isEqualTo("resolved");
        assertThat(post.word(run)).isEqualTo("retry_succeeded");
        assertThat(post.dispatch()).isZero();
    }

    @Test
    void theRerunOfAnOperatorSettlesItAndAFailureReopensIt() {
        UUID run = post.failed();
        UUID rerun = post.rerun(run);
        assertThat(post.status(run)).isEqualTo("open");
        post.end(Outcome.fail("still"));
        assertThat(post.status(run)).isEqualTo("open");
        assertThat(post.of(run).reason()).isEqualTo("still");

        UUID second = post.rerun(rerun);
        post.end(Outcome.success());
        assertThat(post.status(run)).isEqualTo("resolved");
        assertThat(post.word(run)).isEqualTo("rerun_succeeded");

        post.rerun(second);
        post.end(Outcome.fail("again"));
        assertThat(post.status(run)).isEqualTo("open");
        assertThat(post.count()).isEqualTo(1);
    }

    @Test
    void theRerunOfARunThatCompletedLeavesOneOfItsOwn() {
        queue.run(dev.leasehold.api.NewTask.of("mail").maxAttempts(1));
        UUID rerun = post.rerun(post.end(Outcome.success()));

        post.end(Outcome.fail("no"));

        assertThat(post.status(rerun)).isEqualTo("open");
        UUID second = post.rerun(rerun);
        post.end(Outcome.success());
        assertThat(post.status(rerun)).isEqualTo("resolved");
        assertThat(queue.row(second).state()).isEqualTo(RunState.COMPLETED);
        assertThat(post.count()).isEqualTo(1);
    }

    @Test
    void aRetryWaitsForARerunThatSomebodyElseAskedFor() {
        UUID run = post.failed();
        UUID first = post.rerun(run);
        post.end(Outcome.fail("no"));
        UUID rerun = post.rerun(first);
        post.retry(run);

        assertThat(post.dispatch()).isEqualTo(1);
        assertThat(post.dispatch()).isZero();
        assertThat(post.status(run)).isEqualTo("retry_requested");
        assertThat(post.reruns()).isEqualTo(2);

        queue.cancel(Order.of(rerun));
        assertThat(post.dispatch()).isEqualTo(1);
        assertThat(post.reruns()).isEqualTo(3);
        assertThat(post.status(run)).isEqualTo("retrying");
    }

    @Test
    void aRetryThatSomebodyElseMadeNeedlessIsNotDispatched() {
        UUID run = post.failed();
        post.rerun(run);
        post.retry(run);
        post.end(Outcome.success());

        assertThat(post.dispatch()).isZero();
        assertThat(post.status(run)).isEqualTo("resolved");
        assertThat(post.reruns()).isEqualTo(1);
    }

    @Test
    void whoCallsARetryOffWantsNoOther() {
        UUID run = post.failed();
        post.retry(run);
        post.dispatch();

        queue.cancel(Order.of(queue.claim(1, "mail").get(0).runId()));

        assertThat(post.status(run)).isEqualTo("open");
        assertThat(post.word(run)).isEqualTo("retry_canceled");
        post.advance(Duration.ofDays(1).toMillis());
        assertThat(post.dispatch()).isZero();
    }

    @Test
    void whatIsIgnoredDuringARetryStaysSo() {
        for (Outcome outcome : List.of(Outcome.success(), Outcome.fail("no"))) {
            UUID run = post.failed();
            post.retry(run);
            post.dispatch();
            post.ignore(run);

            post.end(outcome);

            assertThat(post.status(run)).isEqualTo("ignored");
        }
        post.advance(Duration.ofDays(1).toMillis());
        assertThat(post.dispatch()).isZero();
    }

    @Test
    void aTaskThatWasCalledOffIsNotRetriedAndSomebodyIsTold() {
        UUID run = post.failed();
        UUID task = queue.row(run).taskId();
        queue.in(() -> queue.get(CancelTasks.class).execute(CALLER, List.of(CancelTasks.Request.of(task))));
        post.retry(run);

        assertThat(post.dispatch()).isEqualTo(1);

        LetterRow letter = post.of(run);
        assertThat(letter.status()).isEqualTo("open");
        assertThat(letter.disposition())
                .isEqualTo(new LetterRow.Disposition(
                        "retry_refused",
                        "run " + run + " cannot be rerun: its task " + task + " is canceled",
                        "system",
                        START));
        assertThat(post.reruns()).isZero();
    }

    @Test
    void ofManyAtOnceOneDispatches() {
        for (int round = 0; round < 10; round++) {
            UUID run = post.failed();
            post.retry(run);
            long before = post.reruns();

            Race.of(4, number -> number == 0 ? rerunOrNothing(run) : post.dispatch());

            assertThat(post.reruns()).isEqualTo(before + 1);
            post.end(Outcome.success());
            assertThat(post.status(run)).isEqualTo("resolved");
        }
    }

    private int rerunOrNothing(UUID run) {
        return queue.in(() -> queue.get(dev.leasehold.run.RerunRuns.class).execute(CALLER, List.of(Order.of(run))))
                .size();
    }
}
