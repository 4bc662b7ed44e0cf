package dev.leasehold.http;

import dev.leasehold.queue.Limits;
import dev.leasehold.queue.PauseOrder;
import dev.leasehold.queue.PauseQueues;
import dev.leasehold.queue.Pauses;
import dev.leasehold.queue.ResumeQueues;
import dev.leasehold.queue.SetLimits;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.LimitStatement.Limit;
import dev.leasehold.sql.PermitScope;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Queues: whether they are paused, and how many of their runs are under way at once. */
@Path("v1/queues")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class QueuesResource {

    private record Listing(List<Map<String, Object>> queues) {}

    @Inject
    Settings settings;

    @Inject
    Repeats repeats;

    @Inject
    PauseQueues pause;

    @Inject
    ResumeQueues resume;

    @Inject
    Pauses pauses;

    @Inject
    SetLimits set;

    @Inject
    Limits limits;

    /** Every queue that is known. */
    @GET
    public byte[] list() {
        return Json.write(repeats.call(() -> new Listing(
                limits.queues(Caller.local()).stream().map(this::view).toList())));
    }

    /** One queue; one that nobody used is neither paused nor limited. */
    @GET
    @Path("{name}")
    public byte[] get(@PathParam("name") String name) {
        String queue = Names.require("queue", name);
        return Json.write(repeats.call(() -> view(queue)));
    }

    /** Pauses, resumes and limits a queue: what is not named stays as it is. */
    @PUT
    @Path("{name}")
    public byte[] put(@PathParam("name") String name, @Context HttpHeaders headers, InputStream body) {
        String queue = Names.require("queue", name);
        Members members = Names.body(headers::getHeaderString, body, settings.maxRequestBytes())
                .only("paused", "limit", "reason");
        Boolean paused = members.flag("paused");
        Limit limit = LimitRequest.isIn(members) ? LimitRequest.of(members, PermitScope.QUEUE, queue) : null;
        PauseOrder order = new PauseOrder(queue, Fields.reason(members));
        return Json.write(repeats.call(() -> {
            change(paused, order, limit);
            return view(queue);
        }));
    }

    private void change(@Nullable Boolean paused, PauseOrder order, @Nullable Limit limit) {
        if (Boolean.TRUE.equals(paused)) {
            pause.execute(Caller.local(), List.of(order));
        } else if (paused != null) {
            resume.execute(Caller.local(), List.of(order));
        }
        if (limit != null) {
            set.execute(Caller.local(), List.of(limit));
        }
    }

    private Map<String, Object> view(String queue) {
        Item item = Item.of("queue", queue)
                .with("paused", pauses.of(Caller.local(), queue).isPresent());
        return LimitRequest.view(
                item, limits.find(Caller.local(), PermitScope.QUEUE, queue).orElse(null));
    }
}
