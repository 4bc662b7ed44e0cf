package dev.leasehold.letter;

import dev.leasehold.sql.CauseRerunRow;
import dev.leasehold.sql.CauseRow;
import dev.leasehold.sql.CauseStatement;
import dev.leasehold.sql.CauseStatement.CauseKey;
import dev.leasehold.sql.LetterRow;
import dev.leasehold.sql.LetterStatement;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what failed by what caused it; within a transaction. */
@ApplicationScoped
public class Failures {

    private static final Duration RATED = Duration.ofHours(1);

    /**
     * A cause.
     *
     * @param row what its letters come to; their failures of the last hour are recent
     * @param newest the newest of its letters
     * @param rerun how far it has come that its runs are done again; null where nobody asked for that
     */
    public record Cause(
            CauseRow row, LetterRow newest, @Nullable CauseRerunRow rerun) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    CauseStatement causes;

    @Inject
    LetterStatement letters;

    /** Up to {@code max} causes, those that failed last before others. */
    public List<Cause> list(Caller caller, int max) {
        Instant since = clock.instant().minus(RATED);
        return whole(caller, session.work(connection -> causes.list(connection, caller.tenant(), since, max)));
    }

    /**
     * One cause.
     *
     * @throws FailureNotFound when no dead letter of that fingerprint leaves anything to be decided
     */
    public Cause get(Caller caller, String fingerprint) {
        Instant since = clock.instant().minus(RATED);
        CauseKey key = new CauseKey(caller.tenant(), fingerprint);
        List<CauseRow> rows = session.work(connection -> causes.one(connection, key, since)).stream()
                .toList();
        return whole(caller, rows).stream().findFirst().orElseThrow(() -> new FailureNotFound(fingerprint));
    }

    /** Up to {@code max} causes, of any tenant, whose runs are done again. */
    public List<CauseKey> running(int max) {
        return session.work(connection -> causes.running(connection, max));
    }

    private List<Cause> whole(Caller caller, List<CauseRow> rows) {
        Map<String, LetterRow> newest = new HashMap<>();
        List<String> ids = rows.stream().map(CauseRow::newest).toList();
        session.work(connection -> letters.find(connection, caller.tenant(), ids))
                .forEach(letter -> newest.put(letter.id(), letter));
        Map<String, CauseRerunRow> reruns = new HashMap<>();
        List<String> fingerprints = rows.stream().map(CauseRow::fingerprint).toList();
        session.work(connection -> causes.reruns(connection, caller.tenant(), fingerprints))
                .forEach(rerun -> reruns.put(rerun.fingerprint(), rerun));
        return rows.stream()
                .map(row ->
                        new Cause(row, Objects.requireNonNull(newest.get(row.newest())), reruns.get(row.fingerprint())))
                .toList();
    }
}
