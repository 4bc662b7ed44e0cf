package dev.leasehold.letter;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.Fixture.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.Order;
import dev.leasehold.run.RerunRuns;
import dev.leasehold.run.RetryRuns;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.LetterRow;
import dev.leasehold.sql.LetterStatement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What tests do with dead letters: runs that fail, orders, retries. */
record Post(Fixture queue) {

    /** A run that failed with its only attempt. */
    UUID failed() {
        UUID run = queue.run(NewTask.of("mail").maxAttempts(1));
        end(Outcome.fail("no"));
        assertThat(queue.row(run).state()).isEqualTo(RunState.FAILED);
        return run;
    }

    /** Ends the next run that can be claimed, and answers it. */
    UUID end(Outcome outcome) {
        Claimed claimed = queue.claim(1, "mail").get(0);
        assertThat(queue.finish(report(claimed, outcome)).get(0).refusal()).isNull();
        return claimed.runId();
    }

    LetterRow of(UUID run) {
        return queue.in(() -> queue.get(Letters.class).get(CALLER, LetterStatement.idOf(run)));
    }

    String status(UUID run) {
        return of(run).status();
    }

    String word(UUID run) {
        return Objects.requireNonNull(of(run).disposition()).word();
    }

    long count() {
        return queue.count("select count(*) from leasehold.dead_letter");
    }

    Letters.Result retry(UUID run) {
        return queue.in(() -> queue.get(RetryLetters.class).execute(CALLER, orders(run)))
                .get(0);
    }

    Letters.Result ignore(UUID run) {
        return queue.in(() -> queue.get(IgnoreLetters.class).execute(CALLER, orders(run)))
                .get(0);
    }

    Letters.Result resolve(UUID run) {
        return queue.in(() -> queue.get(ResolveLetters.class).execute(CALLER, orders(run)))
                .get(0);
    }

    static List<LetterOrder> orders(UUID run) {
        return List.of(new LetterOrder(LetterStatement.idOf(run), "try"));
    }

    /** How many letters were due. */
    int dispatch() {
        return queue.in(() -> queue.get(RetryRuns.class).execute(CALLER, List.of(100)))
                .get(0);
    }

    UUID rerun(UUID run) {
        return Objects.requireNonNull(queue.in(() -> queue.get(RerunRuns.class).execute(CALLER, List.of(Order.of(run))))
                .get(0)
                .rerun());
    }

    /** How many re-runs there are. */
    long reruns() {
        return queue.count("select count(*) from leasehold.rerun");
    }

    void advance(long millis) {
        queue.clock.advance(Duration.ofMillis(millis));
    }
}
