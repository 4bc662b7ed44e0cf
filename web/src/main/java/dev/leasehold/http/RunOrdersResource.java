package dev.leasehold.http;

import dev.leasehold.idempotency.Answer;
import dev.leasehold.run.AppendNotes;
import dev.leasehold.run.MoveRuns;
import dev.leasehold.run.Order;
import dev.leasehold.run.PrioritizeRuns;
import dev.leasehold.run.RescheduleRuns;
import dev.leasehold.settings.Settings;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.function.BiFunction;

/** What operators do to runs (http.md 2, 2b). */
@Path("v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class RunOrdersResource {

    @Inject
    Settings settings;

    @Inject
    Answering answering;

    @Inject
    RunOrders orders;

    /** Calls a run off. */
    @POST
    @Path("{id}/cancel")
    public Response cancel(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        return order(id, posted(headers, uri, body), orders::cancel);
    }

    /** Lets a suspended run go on. */
    @POST
    @Path("{id}/resume")
    public Response resume(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        return order(id, posted(headers, uri, body), orders::resume);
    }

    /** Keeps a waiting run from being claimed. */
    @POST
    @Path("{id}/hold")
    public Response hold(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        return order(id, posted(headers, uri, body), orders::hold);
    }

    /** Ends a hold. */
    @POST
    @Path("{id}/unhold")
    public Response unhold(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        return order(id, posted(headers, uri, body), orders::unhold);
    }

    /** Changes a ready run's priority. */
    @POST
    @Path("{id}/priority")
    public Response priority(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        return answering.answer(Caller.local(), posted(headers, uri, body), posted -> {
            Members members = posted.members("priority", "reason");
            PrioritizeRuns.Request request = new PrioritizeRuns.Request(
                    order(id, posted, members), members.required("priority", members.integer("priority")));
            return () -> orders.prioritize(Caller.local(), request);
        });
    }

    /** Makes a run ready now that waits for its instant, or for a retry. */
    @POST
    @Path("{id}/run-now")
    public Response runNow(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        return order(id, posted(headers, uri, body), orders::runNow);
    }

    /** Plans a scheduled run for another instant. */
    @POST
    @Path("{id}/reschedule")
    public Response reschedule(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        return answering.answer(Caller.local(), posted(headers, uri, body), posted -> {
            Members members = posted.members("scheduled_at", "reason");
            RescheduleRuns.Request request =
                    new RescheduleRuns.Request(order(id, posted, members), Fields.instant(members, "scheduled_at"));
            return () -> orders.reschedule(Caller.local(), request);
        });
    }

    /** Puts a run into another queue. */
    @POST
    @Path("{id}/queue")
    public Response queue(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        return answering.answer(Caller.local(), posted(headers, uri, body), posted -> {
            Members members = posted.members("queue", "reason");
            MoveRuns.Request request =
                    new MoveRuns.Request(order(id, posted, members), members.required("queue", Fields.queue(members)));
            return () -> orders.move(Caller.local(), request);
        });
    }

    /** Does again what a run did that has ended. */
    @POST
    @Path("{id}/rerun")
    public Response rerun(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        String runs = uri.getBaseUri().getRawPath() + "v1/runs/";
        return order(id, posted(headers, uri, body), (caller, order) -> orders.rerun(caller, order, runs));
    }

    /** Writes notes into a run's history. */
    @POST
    @Path("{id}/events")
    public Response append(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        return answering.answer(Caller.local(), posted(headers, uri, body), posted -> {
            Members members = posted.members("events", "reason");
            Order order = order(id, posted, members);
            AppendNotes.Request request = new AppendNotes.Request(order, NotesRequest.of(members, order.runId()));
            return () -> orders.append(Caller.local(), request);
        });
    }

    private Response order(String id, Posted posted, BiFunction<Caller, Order, Answer> command) {
        return answering.answer(Caller.local(), posted, request -> {
            Order order = order(id, request, request.members("reason"));
            return () -> command.apply(Caller.local(), order);
        });
    }

    private static Order order(String id, Posted posted, Members members) {
        return new Order(Uuids.run(id), posted.version(), Fields.reason(members));
    }

    private Posted posted(HttpHeaders headers, UriInfo uri, InputStream body) {
        return Posted.order(
                uri.getAbsolutePath().getRawPath(), headers::getHeaderString, body, settings.maxRequestBytes());
    }
}
