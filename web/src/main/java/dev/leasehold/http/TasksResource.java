package dev.leasehold.http;

import dev.leasehold.api.NewTask;
import dev.leasehold.idempotency.Answer;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Repeats;
import dev.leasehold.task.Admission;
import dev.leasehold.task.SubmitTasks;
import dev.leasehold.task.SubmitTasks.Submitted;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
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
import java.util.List;
import java.util.UUID;

/** Tasks (http.md 1): what is asked for. */
@Path("v1/tasks")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class TasksResource {

    @Inject
    Repeats repeats;

    @Inject
    Settings settings;

    @Inject
    SubmitTasks submit;

    @Inject
    Answering answering;

    @Inject
    TaskBatch batch;

    @Inject
    TaskCancellation cancellation;

    @Inject
    TaskViews views;

    @Inject
    Counting counting;

    /** Submits a task; of one that is there already nothing changes. */
    @POST
    public Response submit(@Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        Posted posted = Posted.withBody(path(uri), headers::getHeaderString, body, settings.maxRequestBytes());
        return answering.answer(Caller.local(), posted, request -> {
            NewTask task = TaskRequest.parse(request.body(), Admission.of(settings));
            return () ->
                    answer(uri, submit.execute(Caller.local(), List.of(task)).get(0));
        });
    }

    /** Submits many tasks; a refused one leaves the others alone. */
    @POST
    @Path("batch")
    public Response submitAll(@Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        Posted posted = Posted.withBody(path(uri), headers::getHeaderString, body, settings.maxRequestBytes());
        return answering.answer(Caller.local(), posted, request -> {
            List<TaskBatch.Asked> asked = TaskBatch.parse(request.body(), Admission.of(settings));
            return () -> Answering.ok(batch.submit(Caller.local(), asked));
        });
    }

    /** Calls a task off, and with it those of its runs that have not ended. */
    @POST
    @Path("{id}/cancel")
    public Response cancel(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        Posted posted = Posted.bodyOptional(path(uri), headers::getHeaderString, body, settings.maxRequestBytes());
        return answering.answer(Caller.local(), posted, request -> {
            UUID task = Uuids.task(id);
            String reason = Fields.reason(request.members("reason"));
            return () -> Answering.ok(cancellation.cancel(Caller.local(), task, reason));
        });
    }

    private static String path(UriInfo uri) {
        return uri.getAbsolutePath().getRawPath();
    }

    private Answer answer(UriInfo uri, Submitted result) {
        TaskView view = views.submitted(Caller.local(), result);
        int status = result.status() == SubmitTasks.Status.CREATED ? 201 : 200;
        return Answering.answer(status, uri.getBaseUri().getRawPath() + "v1/tasks/" + view.id(), view);
    }

    /** A page of tasks by priority, then submission, then id. */
    @GET
    public byte[] list(@Context UriInfo uri) {
        Query query = new Query(uri.getQueryParameters());
        Page page = Page.of(query);
        UUID after = Page.after(query, "task");
        Integer most = Count.asked(query);
        return Json.write(repeats.call(() -> (after == null
                        ? views.page(Caller.local(), page)
                        : views.after(Caller.local(), after, page.limit()))
                .with(counting.tasks(Caller.local(), most))));
    }

    /** One task. */
    @GET
    @Path("{id}")
    public byte[] get(@PathParam("id") String id) {
        UUID task = Uuids.task(id);
        return Json.write(repeats.call(() -> views.detail(Caller.local(), task)));
    }
}
