package dev.leasehold.http;

import dev.leasehold.attempt.Attempts;
import dev.leasehold.observability.Observation;
import dev.leasehold.observability.Observations;
import dev.leasehold.run.RunInLane;
import dev.leasehold.run.Runs;
import dev.leasehold.sql.EventRow;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A run at one look: how it stands, what keeps it, what may be done, and what happened last (tandem 6.1). */
@Path("v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ObservabilityResource {

    private static final int TRIES = 5;

    private record Look(ObservabilityView view, boolean whole) {}

    @Inject
    Repeats repeats;

    @Inject
    Runs runs;

    @Inject
    Attempts attempts;

    @Inject
    RunDetails details;

    @Inject
    Observations observations;

    /** Looks again while the run moves on meanwhile, a few times at most. */
    @GET
    @Path("{id}/observability")
    public byte[] observe(@PathParam("id") String id, @Context UriInfo uri) {
        UUID run = Uuids.run(id);
        ObservabilityQuery query = ObservabilityQuery.of(new Query(uri.getQueryParameters()));
        Look look = look(run, query);
        for (int tries = 1; tries < TRIES && !look.whole(); tries++) {
            look = look(run, query);
        }
        return Json.write(look.view());
    }

    private Look look(UUID id, ObservabilityQuery query) {
        Caller caller = Caller.local();
        return repeats.call(() -> {
            Observation seen = observations.get(caller, id, query.limits());
            RunDetail detail = details.of(caller, id, seen.history(), Observations.MOST);
            RunInLane found = runs.get(caller, id);
            ObservedRun.Times times = times(seen, attempts.first(caller, id).or(detail::openSince));
            return new Look(
                    new ObservabilityView.Parts(found.run(), ObservedRun.of(detail, seen, times), seen, query).view(),
                    last(seen.history()).version() == found.run().version());
        });
    }

    private static ObservedRun.Times times(Observation seen, Optional<Instant> started) {
        Instant updated = last(seen.history()).occurredAt();
        boolean ended = seen.next().isEmpty();
        Instant finished = seen.phases().isEmpty()
                ? updated
                : seen.phases().get(seen.phases().size() - 1).at();
        return new ObservedRun.Times(updated, started.orElse(null), ended ? finished : null);
    }

    private static EventRow last(List<EventRow> events) {
        return events.get(events.size() - 1);
    }
}
