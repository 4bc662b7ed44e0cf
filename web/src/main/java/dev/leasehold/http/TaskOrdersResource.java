package dev.leasehold.http;

import dev.leasehold.api.Cron;
import dev.leasehold.idempotency.Answer;
import dev.leasehold.settings.Settings;
import dev.leasehold.task.TaskOrder;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.function.Function;

/** What operators do to tasks (http.md 2b). */
@Path("v1/tasks")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class TaskOrdersResource {

    @Inject
    Settings settings;

    @Inject
    Answering answering;

    @Inject
    TaskOrders orders;

    /** Keeps a task's runs from being derived and from becoming ready. */
    @POST
    @Path("{id}/pause")
    public Response pause(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        return order(id, posted(headers, uri, body), order -> orders.pause(Caller.local(), order));
    }

    /** Ends a pause. */
    @POST
    @Path("{id}/resume")
    public Response resume(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        return order(id, posted(headers, uri, body), order -> orders.resume(Caller.local(), order));
    }

    /** Gives a task one more run, now. */
    @POST
    @Path("{id}/fire")
    public Response fire(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        String runs = uri.getBaseUri().getRawPath() + "v1/runs/";
        return order(id, posted(headers, uri, body), order -> orders.fire(Caller.local(), order, runs));
    }

    /** Replaces a cron task's policy. */
    @PUT
    @Path("{id}/schedule")
    public Response reschedule(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        return answering.answer(Caller.local(), posted(headers, uri, body), posted -> {
            Members members = posted.members(RunPolicyRequest.POLICY, "reason");
            Cron cron = RunPolicyRequest.cronOf(members);
            TaskOrder order = order(id, posted, members);
            return () -> orders.reschedule(Caller.local(), order, cron);
        });
    }

    private Response order(String id, Posted posted, Function<TaskOrder, Answer> command) {
        return answering.answer(Caller.local(), posted, request -> {
            TaskOrder order = order(id, request, request.members("reason"));
            return () -> command.apply(order);
        });
    }

    private static TaskOrder order(String id, Posted posted, Members members) {
        return new TaskOrder(Uuids.task(id), posted.version(), Fields.reason(members));
    }

    private Posted posted(HttpHeaders headers, UriInfo uri, InputStream body) {
        return Posted.order(
                uri.getAbsolutePath().getRawPath(), headers::getHeaderString, body, settings.maxRequestBytes());
    }
}
