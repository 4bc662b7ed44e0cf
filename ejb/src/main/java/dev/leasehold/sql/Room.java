package dev.leasehold.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides, best first, which candidates get all the permits that they need. One that finds a permit full is to be parked
 * on it; one whose permit somebody else holds at the moment is left where it stands.
 */
final class Room {

    /** A run's hold on a permit. */
    record Hold(UUID run, long permit) {}

    /**
     * What becomes of a candidate.
     *
     * @param admitted whether it may be leased
     * @param takes the permits that it takes with that
     * @param keeps those that it has already
     * @param parkedOn the permit that is full; null where it only has to come again
     */
    record Place(
            boolean admitted,
            List<Long> takes,
            List<Long> keeps,
            @Nullable Long parkedOn) {}

    private final Map<Long, PermitRow> permits = new HashMap<>();
    private final Set<Hold> kept;

    /**
     * Room as it is.
     *
     * @param locked the permits that this transaction holds
     * @param kept what candidates kept from earlier attempts
     */
    Room(List<PermitRow> locked, Set<Hold> kept) {
        locked.forEach(permit -> permits.put(permit.id(), permit));
        this.kept = kept;
    }

    Place admit(Candidate candidate) {
        Map<Boolean, List<Long>> needed = candidate.needs().permits().stream()
                .collect(Collectors.partitioningBy(permit -> kept.contains(new Hold(candidate.run(), permit))));
        List<Long> missing = needed.getOrDefault(false, List.of());
        List<Long> held = needed.getOrDefault(true, List.of());
        for (long permit : missing) {
            PermitRow row = permits.get(permit);
            if (row != null && row.room() == 0) {
                return new Place(false, List.of(), List.of(), permit);
            }
        }
        if (!permits.keySet().containsAll(candidate.needs().permits())) {
            return new Place(false, List.of(), List.of(), null);
        }
        missing.forEach(permit -> permits.computeIfPresent(permit, (id, row) -> row.after(1)));
        return new Place(true, missing, held, null);
    }
}
