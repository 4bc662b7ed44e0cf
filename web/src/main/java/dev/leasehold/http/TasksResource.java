package dev.leasehold.http;

import dev.leasehold.api.NewTask;
import dev.leasehold.idempotency.Answer;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Runs;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Repeats;
import dev.leasehold.task.Admission;
import dev.leasehold.task.SubmitTasks;
import dev.leasehold.task.SubmitTasks.Submitted;
import dev.leasehold.task.Task;
import dev.leasehold.task.Tasks;
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
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    Tasks tasks;

    @Inject
    Runs runs;

    /** Submits a task; of one that is there already nothing changes. */
    @POST
    public Response submit(@Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        Posted posted = Posted.withBody(path(uri), headers::getHeaderString, body, settings.maxRequestBytes());
        return answering.answer(Caller.local(), posted, request -> {
            NewTask task = TaskRequest.parse(request.body(), Admission.of(settings));
            return () -> answer(
                    uri, submitted(submit.execute(Caller.local(), List.of(task)).get(0)));
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

    private static Answer answer(UriInfo uri, TaskView view) {
        boolean created = view.runsCreated().filter(runs -> runs > 0).isPresent();
        return Answering.answer(created ? 201 : 200, uri.getBaseUri().getRawPath() + "v1/tasks/" + view.id(), view);
    }

    /** A page of tasks by priority, then submission, then id. */
    @GET
    public byte[] list(@Context UriInfo uri) {
        Page page = Page.of(new Query(uri.getQueryParameters()));
        return Json.write(repeats.call(() -> listing(page)));
    }

    /** One task. */
    @GET
    @Path("{id}")
    public byte[] get(@PathParam("id") String id) {
        UUID task = Uuids.task(id);
        return Json.write(repeats.call(() -> detail(task)));
    }

    private TaskView submitted(Submitted result) {
        if (result.refusal() != null) {
            throw result.refusal();
        }
        UUID id = Objects.requireNonNull(result.taskId());
        return TaskView.submitted(
                tasks.get(Caller.local(), id), states(id), tasks.payload(Caller.local(), id), result.runsCreated());
    }

    private TaskView detail(UUID id) {
        return TaskView.detail(tasks.get(Caller.local(), id), states(id), tasks.payload(Caller.local(), id));
    }

    private TaskView.Listing listing(Page page) {
        List<Task> found = tasks.page(Caller.local(), page.start(), page.limit());
        Map<UUID, Set<RunState>> states =
                runs.statesOfTasks(Caller.local(), found.stream().map(Task::id).toList());
        return new TaskView.Listing(
                found.stream()
                        .map(task -> TaskView.item(task, states.getOrDefault(task.id(), Set.of())))
                        .toList(),
                page.limit(),
                page.offset());
    }

    private Set<RunState> states(UUID task) {
        return runs.statesOfTasks(Caller.local(), List.of(task)).getOrDefault(task, Set.of());
    }
}
