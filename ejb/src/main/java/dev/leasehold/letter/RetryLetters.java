package dev.leasehold.letter;

import dev.leasehold.audit.EffectType;
import dev.leasehold.letter.Letters.Result;
import dev.leasehold.letter.Letters.Verb;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Has dead letters retried: their runs are re-run, up to five times, until one completes. */
@Stateless
public class RetryLetters {

    private static final Verb VERB = Verb.of(
            RetryLetters.class,
            EffectType.LETTER_RETRY_REQUESTED,
            "retried",
            LetterStatus.OPEN,
            LetterStatus.EXHAUSTED);

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Letters letters;

    /**
     * Does so; a refused order leaves the others alone.
     *
     * @param caller the tenant, and who decides
     * @param orders of a letter that is named twice the second is answered as if it came later
     * @return a result for each, in order
     */
    public List<Result> execute(Caller caller, List<LetterOrder> orders) {
        Instant now = clock.instant();
        return letters.decide(
                caller,
                orders,
                VERB,
                (letter, order) -> Course.requested(letter, now, caller.subject(), order.reason()));
    }
}
