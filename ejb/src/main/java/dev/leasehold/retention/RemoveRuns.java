package dev.leasehold.retention;

import dev.leasehold.letter.LetterStatus;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.RemovalStatement;
import dev.leasehold.sql.RemovalStatement.Found;
import dev.leasehold.sql.RemovalStatement.Removing;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Removes runs that ended long ago, whole: the run, its attempts and its events, and with a task's last run the task, unless
 * it recurs. A run with a dead letter about which something is left to be decided stays. All tenants are gone through in the order of ids. Nodes pass by what another transaction holds.
 */
@Stateless
public class RemoveRuns {

    /** One transaction removes no more events than these, unless a single run has more. */
    static final int MOST_EVENTS = 20_000;

    private static final UUID NONE = new UUID(0, 0);

    /** A run, or the place before all runs of a tenant, or before all tenants. */
    public record Place(UUID tenant, UUID run) {

        /** Before everything. */
        public static final Place START = new Place(NONE, NONE);
    }

    /**
     * What to look at.
     *
     * @param after behind which place
     * @param endedBefore runs that ended since then stay
     * @param most how many runs are looked at, 1 to 1000
     */
    public record Stretch(Place after, Instant endedBefore, int most) {}

    /**
     * What came of it.
     *
     * @param runs how many runs were removed
     * @param next where to go on; null when all has been gone through
     */
    public record Removed(int runs, @Nullable Place next) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    RemovalStatement statement;

    /**
     * Removes what ended long ago of each stretch.
     *
     * @param caller the queue itself
     * @param stretches what to look at
     * @return a result for each, in order
     */
    public List<Removed> execute(Caller caller, List<Stretch> stretches) {
        return stretches.stream()
                .map(stretch -> session.work(connection -> remove(connection, stretch)))
                .toList();
    }

    private Removed remove(Connection connection, Stretch stretch) throws SQLException {
        UUID tenant = stretch.after().tenant();
        Instant before = stretch.endedBefore();
        List<Found> found = statement.next(connection, tenant, stretch.after().run(), before, stretch.most());
        if (found.stream().noneMatch(run -> run.createdAt().isBefore(before))) {
            Place next = statement
                    .tenantAfter(connection, tenant)
                    .map(other -> new Place(other, NONE))
                    .orElse(null);
            return new Removed(0, next);
        }
        List<Found> taken = enough(found);
        List<Found> ended = taken.stream().filter(Found::ended).toList();
        Removing removing = new Removing(clock.instant(), before, LetterStatus.settledWords());
        int removed = ended.isEmpty() ? 0 : statement.remove(connection, tenant, removing, ended);
        return new Removed(
                removed, new Place(tenant, taken.get(taken.size() - 1).runId()));
    }

    /** The first of them, as long as those that go have not too many events. */
    private static List<Found> enough(List<Found> found) {
        List<Found> taken = new ArrayList<>();
        int events = 0;
        for (Found run : found) {
            events += run.ended() ? run.events() : 0;
            if (events > MOST_EVENTS && !taken.isEmpty()) {
                return taken;
            }
            taken.add(run);
        }
        return taken;
    }
}
