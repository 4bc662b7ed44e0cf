package dev.leasehold.http;

import dev.leasehold.event.Feed;
import dev.leasehold.event.History;
import dev.leasehold.run.Runs;
import dev.leasehold.sql.Repeats;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads for those who follow events. */
@ApplicationScoped
public class EventReading {

    @Inject
    Repeats repeats;

    @Inject
    Feed feed;

    @Inject
    History history;

    @Inject
    Runs runs;

    /** What comes behind that place. */
    Following.Part read(Following place) {
        return repeats.call(() -> place.read(this));
    }

    /**
     * A place in a run's history at which somebody wants to begin.
     *
     * @throws ResumeCursorAhead when the run has not come so far
     * @throws dev.leasehold.run.RunNotFound when the caller's tenant has none of that id
     */
    FollowingRun begin(FollowingRun place) {
        int head =
                repeats.call(() -> runs.get(place.caller(), place.run()).run().version());
        if (place.after() > head) {
            throw new ResumeCursorAhead(place.after(), head);
        }
        return place;
    }

    /** Those of the places behind which something may have happened: one look at all runs that are followed. */
    Set<Following> moved(Collection<Following> places) {
        Set<Following> moved = new HashSet<>(places);
        places.stream()
                .filter(FollowingRun.class::isInstance)
                .map(FollowingRun.class::cast)
                .collect(Collectors.groupingBy(FollowingRun::caller))
                .forEach((caller, those) -> {
                    Set<UUID> ids = those.stream().map(FollowingRun::run).collect(Collectors.toSet());
                    Map<UUID, Integer> heads = repeats.call(() -> runs.versions(caller, ids));
                    those.stream()
                            .filter(place -> heads.getOrDefault(place.run(), Integer.MAX_VALUE) <= place.after())
                            .forEach(moved::remove);
                });
        return moved;
    }
}
