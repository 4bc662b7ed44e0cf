package dev.leasehold.http;

import dev.leasehold.run.RunFilter;
import dev.leasehold.run.RunNotFound;
import dev.leasehold.run.Runs;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Runs (http.md 2): what became of what was asked for. */
@Path("v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class RunsResource {

    private static final int LONGEST_WAIT = 60;

    @Inject
    Repeats repeats;

    @Inject
    Runs runs;

    @Inject
    Counting counting;

    @Inject
    WaitingReaders readers;

    /** A page of runs by planned instant, then id. */
    @GET
    public byte[] list(@Context UriInfo uri) {
        Query query = new Query(uri.getQueryParameters());
        Page page = Page.of(query);
        RunFilter filter = RunQuery.filter(query);
        UUID after = Page.after(query, "run");
        Integer most = Count.asked(query);
        return Json.write(repeats.call(() -> (after == null ? from(page, filter) : after(after, page.limit(), filter))
                .with(counting.runs(Caller.local(), filter, most))));
    }

    private RunView.Listing from(Page page, RunFilter filter) {
        return RunView.Listing.of(
                runs.page(Caller.local(), filter, page.start(), page.limit()),
                page.limit(),
                Optional.of(page.offset()));
    }

    private RunView.Listing after(UUID run, int limit, RunFilter filter) {
        try {
            return RunView.Listing.of(runs.pageAfter(Caller.local(), filter, run, limit), limit, Optional.empty());
        } catch (RunNotFound e) {
            throw Page.noSuchAfter("run");
        }
    }

    /** One run with its history, at once or as soon as it has ended within the time that the caller waits. */
    @GET
    @Path("{id}")
    public void get(@PathParam("id") String id, @Context UriInfo uri, @Suspended AsyncResponse response) {
        Duration patience = new Query(uri.getQueryParameters()).seconds("wait_secs", LONGEST_WAIT);
        readers.serve(new RunReader(
                Caller.local(), Uuids.run(id), patience, answer -> reply(response, answer), response::isDone));
    }

    private static void reply(AsyncResponse response, Object bytesOrFailure) {
        if (bytesOrFailure instanceof Throwable thrown) {
            response.resume(thrown);
        } else {
            response.resume(
                    Response.ok(bytesOrFailure, MediaType.APPLICATION_JSON).build());
        }
    }
}
