package dev.leasehold.letter;

import dev.leasehold.sql.LetterRow;
import dev.leasehold.sql.LetterStatement;
import dev.leasehold.sql.LetterStatement.Failure;
import dev.leasehold.sql.LetterStatement.OfRerun;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the ends of runs mean for dead letters: a run that fails leaves one, and a re-run's end changes the one that it
 * stands for. A run that completes, and is no re-run, costs nothing here.
 */
@ApplicationScoped
public class Endings {

    private static final String NO_REASON = "failed";

    /** How a run ended. */
    public enum Kind {
        /** It did what it was for. */
        COMPLETED,
        /** It did not, and will not. */
        FAILED,
        /** It was called off. */
        CANCELED
    }

    /**
     * A run that has ended.
     *
     * @param run the run, which the transaction holds
     * @param again whether it is a re-run
     * @param why in the words of its last attempt, where it failed
     */
    public record End(
            UUID run, Kind kind, boolean again, @Nullable String why) {}

    @Inject
    QueueSession session;

    @Inject
    LetterStatement statement;

    /**
     * Stores what follows.
     *
     * @param caller the tenant
     * @param now the command's instant
     * @param ends no run twice
     * @return the runs
     */
    public List<UUID> of(Caller caller, Instant now, List<End> ends) {
        List<End> telling = ends.stream()
                .filter(end -> end.again() || end.kind() == Kind.FAILED)
                .toList();
        if (!telling.isEmpty()) {
            session.work(connection -> store(connection, caller.tenant(), now, telling));
        }
        return ends.stream().map(End::run).toList();
    }

    private int store(Connection connection, UUID tenant, Instant now, List<End> ends) throws SQLException {
        List<UUID> reruns = ends.stream().filter(End::again).map(End::run).toList();
        Map<UUID, OfRerun> known = reruns.isEmpty() ? Map.of() : statement.ofReruns(connection, tenant, reruns);
        Map<String, LetterRow> letters = new HashMap<>();
        statement
                .lock(
                        connection,
                        tenant,
                        known.values().stream().map(OfRerun::letter).toList())
                .forEach(letter -> letters.put(letter.id(), letter));
        List<Failure> failures = new ArrayList<>();
        for (End end : ends) {
            OfRerun rerun = known.get(end.run());
            LetterRow letter = rerun == null ? null : letters.get(rerun.letter());
            if (letter != null && rerun != null) {
                letters.put(letter.id(), after(letter, now, end, rerun.attempts()));
            } else if (end.kind() == Kind.FAILED) {
                failures.add(Failure.ofRun(end.run(), why(end), Fingerprint.of(why(end))));
            }
        }
        statement.change(connection, List.copyOf(letters.values()));
        statement.leave(connection, tenant, now, LetterStatus.OPEN.word(), failures);
        return ends.size();
    }

    private static LetterRow after(LetterRow letter, Instant now, End end, int attempts) {
        return switch (end.kind()) {
            case COMPLETED -> Course.succeeded(letter, now, end.run());
            case FAILED -> Course.failed(letter, now, end.run(), why(end), attempts);
            case CANCELED -> Course.calledOff(letter, now, end.run());
        };
    }

    private static String why(End end) {
        return Objects.requireNonNullElse(end.why(), NO_REASON);
    }
}
