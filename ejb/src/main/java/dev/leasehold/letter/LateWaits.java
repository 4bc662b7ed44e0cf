package dev.leasehold.letter;

import dev.leasehold.audit.CanonicalJson;
import dev.leasehold.sql.LetterStatement;
import dev.leasehold.sql.LetterStatement.Failure;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What waits leave that took too long, and that nobody gets an answer to: a dead letter each. It is settled when what was
 * waited for comes after all, or when somebody lets the run go without it.
 */
@ApplicationScoped
public class LateWaits {

    private static final int DIGITS = 16;

    /** A wait that took too long, of a run that the transaction holds. */
    public record Late(UUID run, String id, String why) {}

    @Inject
    QueueSession session;

    @Inject
    LetterStatement statement;

    /** The id of a wait's letter. */
    public static String idOf(UUID run, String wait) {
        String about = CanonicalJson.of(List.of("wait", run.toString(), wait));
        return "dead-letter-wait-" + CanonicalJson.sha256(about).substring(0, DIGITS);
    }

    /** Leaves a letter for each; no wait takes too long twice. */
    public void leave(Caller caller, Instant now, List<Late> late) {
        List<Failure> failures = late.stream()
                .map(one -> Failure.ofWait(
                        idOf(one.run(), one.id()), one.id(), one.run(), one.why(), Fingerprint.of(one.why())))
                .toList();
        session.work(connection -> {
            statement.leave(connection, caller.tenant(), now, LetterStatus.OPEN.word(), failures);
            return failures;
        });
    }
}
