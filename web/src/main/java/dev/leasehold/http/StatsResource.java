package dev.leasehold.http;

import dev.leasehold.run.RunState;
import dev.leasehold.run.Runs;
import dev.leasehold.sql.Repeats;
import dev.leasehold.task.Tasks;
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

    private record Stats(
            long totalTasks, long totalRuns, long attemptsTotal, Map<String, Long> runsByState, long latestSequence) {}

    @Inject
    Repeats repeats;

    @Inject
    Tasks tasks;

    @Inject
    Runs runs;

    /** The counts, which always add up. */
    @GET
    public byte[] get() {
        return Json.write(repeats.call(this::stats));
    }

    private Stats stats() {
        Caller caller = Caller.local();
        Map<RunState, Long> counts = runs.countByState(caller);
        Map<String, Long> byState = new LinkedHashMap<>();
        counts.forEach((state, count) -> byState.put(state.snake(), count));
        return new Stats(
                tasks.count(caller),
                counts.values().stream().mapToLong(Long::longValue).sum(),
                runs.countAttempts(caller),
                byState,
                runs.latestPosition(caller));
    }
}
