package dev.leasehold.http;

import dev.leasehold.event.Difference;
import dev.leasehold.event.History;
import dev.leasehold.event.Verification;
import dev.leasehold.sql.EventRow;
import dev.leasehold.sql.EventStatement.Part;
import dev.leasehold.sql.Repeats;
import dev.leasehold.sql.RunFacts;
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
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened to a run, and the proof that its row says the same (http.md 2). */
@Path("v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class RunEventsResource {

    private record Listing(
            UUID runId,
            List<EventView> events,
            int count,
            @Nullable Integer lastSeq,
            int limit,
            boolean hasMore,
            int nextAfterSeq) {
        static Listing of(UUID run, History.Page page, Part part) {
            List<EventRow> events = page.events();
            Integer last =
                    events.isEmpty() ? null : events.get(events.size() - 1).version();
            return new Listing(
                    run,
                    events.stream().map(EventView::of).toList(),
                    events.size(),
                    last,
                    part.max(),
                    page.hasMore(),
                    last == null ? part.after() : last);
        }
    }

    private record Proof(
            UUID runId, boolean ok, @Nullable RunFacts row, RunFacts projected, List<Difference> differences) {}

    @Inject
    Repeats repeats;

    @Inject
    History history;

    @Inject
    Verification verification;

    /** A page of a run's events, oldest first. */
    @GET
    @Path("{id}/events")
    public byte[] events(@PathParam("id") String id, @Context UriInfo uri) {
        UUID run = Uuids.run(id);
        EventBounds bounds = EventBounds.of(new Query(uri.getQueryParameters()));
        return Json.write(repeats.call(() -> {
            History.Page page = bounds.tail()
                    ? history.newest(Caller.local(), run, bounds.part())
                    : history.oldest(Caller.local(), run, bounds.part());
            return Listing.of(run, page, bounds.part());
        }));
    }

    /** Compares a run's row with what its events tell. */
    @GET
    @Path("{id}/verify")
    public byte[] verify(@PathParam("id") String id) {
        UUID run = Uuids.run(id);
        Verification.Verified verified = repeats.call(() -> verification.verify(Caller.local(), run));
        return Json.write(new Proof(
                run, verified.differences().isEmpty(), verified.row(), verified.projected(), verified.differences()));
    }
}
