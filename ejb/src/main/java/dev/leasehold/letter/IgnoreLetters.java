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

/** Lets dead letters rest: nothing is to be done about them. */
@Stateless
public class IgnoreLetters {

    private static final Verb VERB = Verb.of(
            IgnoreLetters.class,
            EffectType.LETTER_IGNORED,
            "ignored",
            LetterStatus.OPEN,
            LetterStatus.RETRY_REQUESTED,
            LetterStatus.RETRYING,
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
                (letter, order) -> Course.settled(letter, LetterStatus.IGNORED, now, caller.subject(), order.reason()));
    }
}
