package dev.leasehold.idempotency;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.idempotency.KeptAnswers.Given;
import dev.leasehold.sql.Database;
import dev.leasehold.task.SubmitTasks;
import dev.leasehold.tenant.Caller;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class KeptAnswersTest {

    private static final Answer ANSWER = new Answer(201, "/tasks/1", "{}");

    private final Fixture queue;

    KeptAnswersTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void aQuestionIsAnsweredOnceAndThenFromMemory() {
        AtomicInteger asked = new AtomicInteger();

        assertThat(ask(question("k", "a"), asked)).isEqualTo(new Given(ANSWER, false));
        assertThat(ask(question("k", "a"), asked)).isEqualTo(new Given(ANSWER, true));
        assertThat(ask(question("l", "a"), asked).replayed()).isFalse();
        assertThat(asked).hasValue(2);
    }

    @Test
    void anotherQuestionUnderTheSameKeyIsRefused() {
        ask(question("k", "a"), new AtomicInteger());

        assertThatThrownBy(() -> ask(question("k", "b"), new AtomicInteger())).isInstanceOf(IdempotencyConflict.class);
    }

    @Test
    void whatAnotherNodeForgetsAtTheMomentIsPassedBy() throws Exception {
        ask(question("k", "a"), new AtomicInteger());
        ask(question("l", "a"), new AtomicInteger());
        queue.clock.advance(Duration.ofDays(10));
        try (Connection other = queue.dataSource.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.executeUpdate("delete from leasehold.idempotency where idempotency_key = 'k'");

            CompletableFuture<Integer> forgotten = CompletableFuture.supplyAsync(() -> queue.in(
                            () -> queue.get(ForgetAnswers.class).execute(CALLER, List.of(10)))
                    .get(0));

            assertThat(forgotten).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(1);
            other.rollback();
        }
        assertThat(queue.count("select count(*) from leasehold.idempotency")).isEqualTo(1);
    }

    @Test
    void theScopeIsTenantSubjectMethodAndPath() {
        AtomicInteger asked = new AtomicInteger();
        ask(question("k", "a"), asked);

        ask(new Question(Caller.local(), "POST", "/tasks", "k", "b"), asked);
        ask(new Question(CALLER, "PUT", "/tasks", "k", "b"), asked);
        ask(new Question(CALLER, "POST", "/runs", "k", "b"), asked);
        assertThat(asked).hasValue(4);
    }

    @Test
    void anAnswerIsForgottenAfterADay() {
        AtomicInteger asked = new AtomicInteger();
        ask(question("k", "a"), asked);

        queue.clock.advance(KeptAnswers.KEPT.minusNanos(1000));
        assertThat(forget()).isZero();
        queue.clock.advance(Duration.ofNanos(1000));
        assertThat(ask(question("k", "b"), asked).replayed()).isFalse();
        queue.clock.advance(KeptAnswers.KEPT);
        assertThat(forget()).isEqualTo(1);
    }

    @Test
    void workThatIsRolledBackLeavesNoAnswer() {
        assertThatThrownBy(() -> queue.in(() -> queue.get(KeptAnswers.class).answer(question("k", "a"), () -> {
                    throw new IllegalStateException("no");
                })))
                .isInstanceOf(IllegalStateException.class);

        AtomicInteger asked = new AtomicInteger();
        assertThat(ask(question("k", "b"), asked).replayed()).isFalse();
    }

    @Test
    void anAnswerThatIsTooLongIsKeptWithoutItsBody() {
        Answer large = new Answer(200, null, "x".repeat(Answer.LARGEST + 1));
        queue.in(() -> queue.get(KeptAnswers.class).answer(question("k", "a"), () -> large));

        assertThat(ask(question("k", "a"), new AtomicInteger()))
                .isEqualTo(new Given(new Answer(200, null, null), true));
    }

    @Test
    void ofEightWhoAskAtOnceOneDoesTheWork() {
        List<Given> given = Race.of(
                8,
                number -> queue.in(() -> queue.get(KeptAnswers.class).answer(question("k", "a"), () -> {
                    queue.get(SubmitTasks.class).execute(CALLER, List.of(NewTask.of("mail")));
                    return ANSWER;
                })));

        assertThat(given).filteredOn(one -> !one.replayed()).hasSize(1);
        assertThat(given).extracting(Given::answer).containsOnly(ANSWER);
        assertThat(queue.count("select count(*) from leasehold.task")).isEqualTo(1);
    }

    private Given ask(Question question, AtomicInteger asked) {
        return queue.in(() -> queue.get(KeptAnswers.class).answer(question, () -> {
            asked.incrementAndGet();
            return ANSWER;
        }));
    }

    private int forget() {
        return queue.in(() -> queue.get(ForgetAnswers.class).execute(CALLER, List.of(10)))
                .get(0);
    }

    private static Question question(String key, String digest) {
        return new Question(CALLER, "POST", "/tasks", key, digest);
    }
}
