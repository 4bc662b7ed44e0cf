package dev.leasehold.http;

import dev.leasehold.idempotency.Answer;
import dev.leasehold.queue.PauseOrder;
import dev.leasehold.queue.PauseQueues;
import dev.leasehold.queue.ResumeQueues;
import dev.leasehold.settings.Settings;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;

/** Pauses and resumes all queues, or one (http.md 4). */
@Path("v1/engine")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class EngineResource {

    @Inject
    Settings settings;

    @Inject
    Answering answering;

    @Inject
    PauseQueues pause;

    @Inject
    ResumeQueues resume;

    /** Has nothing claimed any more; what runs goes on. */
    @POST
    @Path("pause")
    public Response pause(@Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        return answer(posted(headers, uri, body), "paused", order -> pause.execute(Caller.local(), List.of(order)));
    }

    /** Has runs claimed again. */
    @POST
    @Path("resume")
    public Response resume(@Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        return answer(posted(headers, uri, body), "resumed", order -> resume.execute(Caller.local(), List.of(order)));
    }

    private Response answer(Posted posted, String word, Function<PauseOrder, List<Boolean>> command) {
        return answering.answer(Caller.local(), posted, request -> {
            Members members = request.members("queue", "reason");
            PauseOrder order = new PauseOrder(Fields.queue(members), Fields.reason(members));
            return () -> answer(order, command.apply(order).get(0) ? word : "already_" + word);
        });
    }

    private static Answer answer(PauseOrder order, String status) {
        return Answering.ok(
                Item.of("status", status).with("queue", order.queue()).members());
    }

    private Posted posted(HttpHeaders headers, UriInfo uri, InputStream body) {
        return Posted.bodyOptional(
                uri.getAbsolutePath().getRawPath(), headers::getHeaderString, body, settings.maxRequestBytes());
    }
}
