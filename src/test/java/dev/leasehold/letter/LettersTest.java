package dev.leasehold.letter;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.Fixture.report;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.LetterRow;
import dev.leasehold.sql.LetterStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What leaves a dead letter, and what is decided about one. */
@ParameterizedClass
@EnumSource(Database.class)
class LettersTest {

    private final Fixture queue;
    private final Post post;

    LettersTest(Database database) {
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
    void aRunThatFailsLeavesOneAndNoOtherEndDoes() {
        UUID failed = queue.run(NewTask.of("mail").maxAttempts(2));
        post.end(Outcome.retry("not yet", Duration.ZERO));
        assertThat(post.count()).isZero();
        queue.promote(5);
        queue.clock.advance(Duration.ofSeconds(1));
        post.end(Outcome.retry("never", Duration.ZERO));

        LetterRow letter = post.of(failed);

        assertThat(letter.id()).isEqualTo("dead-letter-" + failed);
        assertThat(letter.source())
                .isEqualTo(new LetterRow.Source(
                        "run", failed.toString(), failed, queue.row(failed).taskId()));
        assertThat(letter.reason()).isEqualTo("never");
        assertThat(letter.status()).isEqualTo("open");
        assertThat(letter.attempts()).isEqualTo(2);
        assertThat(letter.createdAt()).isEqualTo(START.plusSeconds(1));
        assertThat(letter.disposition()).isNull();
        queue.run(NewTask.of("mail"));
        post.end(Outcome.success());
        queue.cancel(dev.leasehold.run.Order.of(queue.run(NewTask.of("mail"))));
        assertThat(post.count()).isEqualTo(1);
    }

    @Test
    void ofSeveralThatEndAtOnceThoseThatFailedLeaveOneEach() {
        List<UUID> runs =
                List.of(queue.run(NewTask.of("mail")), queue.run(NewTask.of("mail")), queue.run(NewTask.of("mail")));
        List<Claimed> claimed = queue.claim(3, "mail");

        queue.finish(claimed.stream()
                .map(one -> report(one, one.runId().equals(runs.get(1)) ? Outcome.success() : Outcome.fail("no")))
                .toArray(FinishAttempts.Report[]::new));

        assertThat(post.status(runs.get(0))).isEqualTo("open");
        assertThat(post.status(runs.get(2))).isEqualTo("open");
        assertThat(post.count()).isEqualTo(2);
    }

    @Test
    void aLeaseThatLapsesAndADeadlineThatPassesLeaveOne() {
        UUID lost = queue.run(NewTask.of("mail").maxAttempts(1));
        queue.claim(1, "mail");
        queue.clock.advance(Duration.ofSeconds(30));
        assertThat(queue.expire()).isEqualTo(1);
        UUID late = queue.run(NewTask.of("mail").maxAttempts(1).timeout(Duration.ofSeconds(5)));
        queue.claim(1, "mail");
        queue.clock.advance(Duration.ofSeconds(15));
        assertThat(queue.expire()).isEqualTo(1);

        assertThat(post.of(lost).reason()).isEqualTo("lease expired: w stopped answering");
        assertThat(post.of(late).reason()).isEqualTo("attempt timed out after 5s");
        assertThat(queue.row(late).state()).isEqualTo(RunState.FAILED);
        UUID reported = queue.run(NewTask.of("mail").maxAttempts(1).timeout(Duration.ofSeconds(5)));
        Claimed claimed = queue.claim(1, "mail").get(0);
        queue.clock.advance(Duration.ofSeconds(6));
        queue.finish(report(claimed, Outcome.success()));
        assertThat(post.of(reported).reason()).isEqualTo("attempt timed out after 5s");
        assertThat(post.count()).isEqualTo(3);
    }

    @Test
    void whatIsRolledBackLeavesNone() {
        UUID run = queue.run(NewTask.of("mail").maxAttempts(1));
        Claimed claimed = queue.claim(1, "mail").get(0);

        assertThatThrownBy(() -> queue.in(() -> {
                    queue.finish(report(claimed, Outcome.fail("no")));
                    throw new IllegalStateException("undone");
                }))
                .hasMessage("undone");

        assertThat(post.count()).isZero();
        assertThat(queue.row(run).state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void theyAreListedInTheirOrderPageByPage() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(LetterStatement.idOf(post.failed()));
            queue.clock.advance(Duration.ofSeconds(i % 2));
        }
        post.ignore(run(ids.get(1)));
        post.ignore(run(ids.get(2)));

        assertThat(page(null, null, 9)).isEqualTo(ids);
        assertThat(page(null, null, 2)).isEqualTo(ids.subList(0, 2));
        assertThat(page(null, ids.get(1), 2)).isEqualTo(ids.subList(2, 4));
        assertThat(page(null, ids.get(4), 2)).isEmpty();
        assertThat(page(LetterStatus.IGNORED, null, 9)).isEqualTo(ids.subList(1, 3));
        assertThat(page(LetterStatus.IGNORED, ids.get(1), 9)).containsExactly(ids.get(2));
        assertThat(page(LetterStatus.OPEN, ids.get(0), 9)).isEqualTo(ids.subList(3, 5));
        assertThat(queue.in(() -> queue.get(Letters.class).page(CALLER, null, run(ids.get(3)), null, 9)))
                .extracting(LetterRow::id)
                .containsExactly(ids.get(3));
        assertThatThrownBy(() -> page(null, "none", 2)).isInstanceOf(LetterNotFound.class);
    }

    private static UUID run(String letter) {
        return UUID.fromString(letter.substring("dead-letter-".length()));
    }

    private List<String> page(@Nullable LetterStatus status, @Nullable String after, int max) {
        return queue.in(() -> queue.get(Letters.class).page(CALLER, status, null, after, max)).stream()
                .map(LetterRow::id)
                .toList();
    }

    @Test
    void somebodySettlesItOnce() {
        UUID ignored = post.failed();
        UUID resolved = post.failed();
        queue.clock.advance(Duration.ofSeconds(7));

        assertThat(post.ignore(ignored).status()).isEqualTo(LetterStatus.IGNORED);
        assertThat(post.resolve(resolved).status()).isEqualTo(LetterStatus.RESOLVED);

        LetterRow letter = post.of(ignored);
        assertThat(letter.status()).isEqualTo("ignored");
        assertThat(letter.disposition())
                .isEqualTo(new LetterRow.Disposition("ignored", "try", "system:test", START.plusSeconds(7)));
        assertThat(letter.updatedAt()).isEqualTo(START.plusSeconds(7));
        assertThat(post.word(resolved)).isEqualTo("resolved");
        for (Letters.Result again : List.of(post.ignore(resolved), post.retry(resolved), post.resolve(ignored))) {
            assertThat(again.status()).isNull();
            assertThat(Objects.requireNonNull(again.refusal()).code()).isEqualTo("invalid_state");
        }
        assertThat(Objects.requireNonNull(post.retry(ignored).refusal()).message())
                .isEqualTo("dead letter dead-letter-" + ignored + " cannot be retried (current: ignored)");
        assertThat(Objects.requireNonNull(post.ignore(new UUID(7, 7)).refusal()).code())
                .isEqualTo("dead_letter_not_found");
        assertThat(post.of(ignored)).isEqualTo(letter);
    }

    @Test
    void ofOneLetterThatIsNamedTwiceTheSecondIsRefused() {
        UUID run = post.failed();
        LetterOrder order = Post.orders(run).get(0);

        List<Letters.Result> results =
                queue.in(() -> queue.get(IgnoreLetters.class).execute(CALLER, List.of(order, order)));

        assertThat(results.get(0).refusal()).isNull();
        assertThat(results.get(1).refusal()).isInstanceOf(InvalidStatus.class);
    }
}
