package dev.leasehold.idempotency;

import dev.leasehold.sql.IdempotencyStatement;
import dev.leasehold.sql.IdempotencyStatement.Kept;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Gives a repeated question its first answer. The answer is kept in the transaction of the work that it is about: one
 * of two that ask at once does the work, the other waits for it (http.md 3).
 */
@ApplicationScoped
public class KeptAnswers {

    /** How long an answer is kept. */
    public static final Duration KEPT = Duration.ofHours(24);

    /**
     * An answer, and whether it was given before.
     *
     * @param answer the answer
     * @param replayed whether it is the kept one
     */
    public record Given(Answer answer, boolean replayed) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    IdempotencyStatement statement;

    /**
     * Answers within the current transaction.
     *
     * @param question what is asked
     * @param work does what is asked; what it throws is not kept, because its transaction is rolled back
     * @throws IdempotencyConflict when the key stands for another question
     */
    public Given answer(Question question, Supplier<Answer> work) {
        Instant now = clock.instant();
        Optional<Kept> kept =
                session.work(connection -> statement.begin(connection, question.values(), now, now.plus(KEPT)));
        if (kept.isPresent()) {
            return given(question, kept.get());
        }
        Answer answer = work.get();
        session.work(connection -> statement.keep(connection, question.values(), row(answer)));
        return new Given(answer, false);
    }

    private static Given given(Question question, Kept kept) {
        if (!kept.digest().equals(question.digest())) {
            throw new IdempotencyConflict(question.key());
        }
        return new Given(new Answer(kept.status(), kept.location(), kept.answer()), true);
    }

    private static Kept row(Answer answer) {
        String body = answer.body();
        String kept = body == null || body.length() > Answer.LARGEST ? null : body;
        return new Kept("", answer.status(), answer.location(), kept);
    }

    /** Forgets that the question was asked, within the transaction that asked it. */
    public void forget(Question question) {
        session.work(connection -> statement.forget(connection, question.values()));
    }
}
