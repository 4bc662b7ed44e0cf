package dev.leasehold.http;

import dev.leasehold.sql.Repeats;
import dev.leasehold.stats.Stats;
import dev.leasehold.stats.Stats.Counts;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts of everything (AQ 9.3). */
@Path("v1/stats")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class StatsResource {

    private record View(
            long totalTasks, long totalRuns, long attemptsTotal, Map<String, Long> runsByState, long latestSequence) {}

    @Inject
    Repeats repeats;

    @Inject
    Stats stats;

    /** The counts, which always add up. */
    @GET
    public byte[] get() {
        return Json.write(repeats.call(this::view));
    }

    private View view() {
        Counts counts = stats.of(Caller.local());
        Map<String, Long> byState = new LinkedHashMap<>();
        counts.runs().forEach((state, count) -> byState.put(state.snake(), count));
        return new View(
                counts.tasks(),
                counts.runs().values().stream().mapToLong(Long::longValue).sum(),
                counts.attempts(),
                byState,
                counts.position());
    }
}
