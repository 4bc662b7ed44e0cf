package dev.leasehold.run;

import dev.leasehold.sql.ListStatement;
import dev.leasehold.sql.ListStatement.Listing;
import dev.leasehold.sql.ListStatement.Place;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists runs of other states than {@code Completed}, where the database has them in places of their own. */
@ApplicationScoped
public class OpenRuns {

    private static final int DEEPEST = 20_000;
    private static final Set<RunState> HELD = Set.of(RunState.LEASED, RunState.RUNNING);

    @Inject
    @Leasehold
    EntityManager entities;

    @Inject
    QueueSession session;

    @Inject
    ListStatement statement;

    /** A page of them behind that run, or from the first; nothing where the list is to be found in another way. */
    Optional<List<RunInLane>> page(Caller caller, RunFilter filter, @Nullable Run after, int offset, int limit) {
        if (!serves(filter, (long) offset + limit)) {
            return Optional.empty();
        }
        Listing listing = listing(caller, filter);
        Place from = after == null ? null : new Place(after.scheduledAt(), after.id());
        List<Place> found = first(listing, from, offset + limit);
        boolean more = found.size() == offset + limit;
        List<RunInLane> page = load(caller, filter, found.subList(Math.min(offset, found.size()), found.size()));
        while (more && page.size() < limit) {
            int missing = limit - page.size();
            found = first(listing, found.get(found.size() - 1), missing);
            more = found.size() == missing;
            page.addAll(load(caller, filter, found));
        }
        return Optional.of(page);
    }

    /** How many there are, {@code most} when there are more. */
    Optional<Integer> count(Caller caller, RunFilter filter, int most) {
        return serves(filter, most)
                ? Optional.of(first(listing(caller, filter), null, most).size())
                : Optional.empty();
    }

    private boolean serves(RunFilter filter, long deep) {
        return !filter.states().isEmpty()
                && !filter.states().contains(RunState.COMPLETED)
                && filter.taskId() == null
                && deep <= DEEPEST
                && session.work(statement::serves);
    }

    private static Listing listing(Caller caller, RunFilter filter) {
        return new Listing(
                caller.tenant(),
                filter.states().stream().map(RunState::word).toList(),
                filter.states().contains(RunState.READY),
                filter.states().stream().anyMatch(HELD::contains),
                filter.type(),
                filter.queue(),
                filter.concurrencyKey(),
                filter.tag() == null ? null : TagPattern.of(filter.tag()));
    }

    private List<Place> first(Listing listing, @Nullable Place after, int max) {
        return session.work(connection -> statement.first(connection, listing, after, max));
    }

    /** Those of them that are in one of these states still. */
    private List<RunInLane> load(Caller caller, RunFilter filter, List<Place> places) {
        return places.isEmpty()
                ? new ArrayList<>()
                : new ArrayList<>(entities.createQuery(Runs.WITH_LANE + """
                                 and r.key.runId in :runs and r.state in :states
                                order by r.scheduledAt, r.key.runId
                                """, RunInLane.class)
                        .setParameter("tenant", caller.tenant())
                        .setParameter("runs", places.stream().map(Place::run).toList())
                        .setParameter("states", filter.states())
                        .getResultList());
    }
}
