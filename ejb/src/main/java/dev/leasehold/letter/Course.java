package dev.leasehold.letter;

import dev.leasehold.sql.LetterRow;
import dev.leasehold.sql.LetterRow.Disposition;
import dev.leasehold.sql.LetterRow.Failing;
import dev.leasehold.sql.LetterRow.Retry;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a dead letter when something is decided about it, and when a re-run of its run ends. A letter that its
 * last retry leaves without success is exhausted only then, and stays in sight.
 */
public final class Course {

    private static final String SYSTEM = "system";

    private Course() {}

    /** Retries begin, at once and from the first. */
    static LetterRow requested(LetterRow letter, Instant now, String actor, @Nullable String reason) {
        Retry first = new Retry(0, null, null, letter.retry().run(), now);
        return letter.now(now, LetterStatus.RETRY_REQUESTED.word(), first)
                .disposed(new Disposition(LetterStatus.RETRY_REQUESTED.word(), reason, actor, now));
    }

    /** Somebody settles it; a retry that is under way goes on, and no other follows. */
    static LetterRow settled(
            LetterRow letter, LetterStatus status, Instant now, String actor, @Nullable String reason) {
        return letter.now(now, status.word(), letter.retry().due(null))
                .disposed(new Disposition(status.word(), reason, actor, now));
    }

    /** A retry was dispatched. */
    public static LetterRow dispatched(LetterRow letter, Instant now, UUID run) {
        int count = letter.retry().count() + 1;
        return letter.now(now, LetterStatus.RETRYING.word(), new Retry(count, RetryDelay.after(count), now, run, null));
    }

    /** A retry cannot be: somebody has to look at it. */
    public static LetterRow refused(LetterRow letter, Instant now, String why) {
        return letter.now(now, LetterStatus.OPEN.word(), letter.retry().due(null))
                .disposed(new Disposition("retry_refused", why, SYSTEM, now));
    }

    /** Its next retry waits for a re-run that somebody else asked for. */
    public static LetterRow waiting(LetterRow letter) {
        return letter.now(letter.updatedAt(), letter.status(), letter.retry().due(null));
    }

    /** What failed was done by a re-run; what somebody has settled stays as it is. */
    static LetterRow succeeded(LetterRow letter, Instant now, UUID run) {
        if (LetterStatus.of(letter.status()).settled()) {
            return letter;
        }
        String word = isRetry(letter, run) ? "retry_succeeded" : "rerun_succeeded";
        return letter.now(now, LetterStatus.RESOLVED.word(), letter.retry().due(null))
                .disposed(new Disposition(word, null, SYSTEM, now));
    }

    /** A re-run failed as well. */
    static LetterRow failed(LetterRow letter, Instant now, UUID run, String why, int attempts) {
        LetterRow again = letter.failedAgain(new Failing(why, Fingerprint.of(why), now), attempts);
        LetterStatus status = LetterStatus.of(letter.status());
        if (status.automatic()) {
            return isRetry(letter, run) && letter.retry().count() >= RetryDelay.MOST
                    ? again.now(
                                    now,
                                    LetterStatus.EXHAUSTED.word(),
                                    letter.retry().due(null))
                            .disposed(new Disposition("retry_exhausted", null, SYSTEM, now))
                    : again.now(now, letter.status(), letter.retry().due(next(letter, now)));
        }
        boolean reopens = status.settled() && !isRetry(letter, run);
        return again.now(now, reopens ? LetterStatus.OPEN.word() : letter.status(), letter.retry());
    }

    /** A re-run was called off: whoever calls off a retry wants no other one. */
    static LetterRow calledOff(LetterRow letter, Instant now, UUID run) {
        if (!LetterStatus.of(letter.status()).automatic()) {
            return letter;
        }
        return isRetry(letter, run)
                ? letter.now(now, LetterStatus.OPEN.word(), letter.retry().due(null))
                        .disposed(new Disposition("retry_canceled", null, SYSTEM, now))
                : letter.now(now, letter.status(), letter.retry().due(next(letter, now)));
    }

    private static Instant next(LetterRow letter, Instant now) {
        Instant last = letter.retry().dispatchedAt();
        if (last == null || letter.retry().backoff() == null) {
            return now;
        }
        Instant next = last.plus(letter.retry().backoff());
        return next.isAfter(now) ? next : now;
    }

    private static boolean isRetry(LetterRow letter, UUID run) {
        return run.equals(letter.retry().run());
    }
}
