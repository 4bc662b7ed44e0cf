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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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

    /**
     * A page of them behind that run, or from the first; nothing where the list is to be found in another way. What changes
     * between the look for them and that at them is shown as it is then.
     */
    Optional<List<RunInLane>> page(Caller caller, RunFilter filter, @Nullable Run after, int offset, int limit) {
        if (!serves(filter, (long) offset + limit)) {
            return Optional.empty();
        }
        Place from = after == null ? null : new Place(after.scheduledAt(), after.id());
        List<Place> found = first(listing(caller, filter), from, offset + limit);
        return Optional.of(
                load(caller, found.stream().skip(offset).map(Place::run).toList()));
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

    private List<RunInLane> load(Caller caller, List<UUID> runs) {
        if (runs.isEmpty()) {
            return List.of();
        }
        Map<UUID, RunInLane> loaded = new HashMap<>();
        entities.createQuery(Runs.WITH_LANE + " and r.key.runId in :runs", RunInLane.class)
                .setParameter("tenant", caller.tenant())
                .setParameter("runs", runs)
                .getResultStream()
                .forEach(one -> loaded.put(one.run().id(), one));
        return runs.stream().map(loaded::get).filter(Objects::nonNull).toList();
    }
}
