package dev.leasehold.http;

import dev.leasehold.idempotency.Answer;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.WaitRow;
import dev.leasehold.tenant.Caller;
import dev.leasehold.wait.ResolveWaits;
import dev.leasehold.wait.WaitNotFound;
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
import java.util.List;
import java.util.Objects;

/** Says that what was waited for has happened. */
@Path("v1/waits")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ResolutionsResource {

    @Inject
    Settings settings;

    @Inject
    Answering answering;

    @Inject
    ResolveWaits resolve;

    @POST
    @Path("{id}/resolve")
    public Response resolve(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        Posted posted = Posted.bodyOptional(
                uri.getAbsolutePath().getRawPath(), headers::getHeaderString, body, settings.maxRequestBytes());
        return answering.answer(Caller.local(), posted, request -> {
            ResolveWaits.Request wanted =
                    WaitRequest.resolution(known(id), request.members("idempotency_key", "payload", "reason"));
            return () ->
                    resolved(resolve.execute(Caller.local(), List.of(wanted)).get(0));
        });
    }

    private static String known(String id) {
        if (!WaitRequest.isId(id)) {
            throw new WaitNotFound(Text.isWhole(id) ? id : "");
        }
        return id;
    }

    private static Answer resolved(ResolveWaits.Result result) {
        WaitView.require(result.refusal());
        WaitRow wait = Objects.requireNonNull(result.row());
        return Answering.ok(Item.of("wait_id", wait.id())
                .with("run_id", wait.run())
                .with("status", wait.status())
                .with("event_seq", wait.end().eventSeq())
                .with("duplicate", result.duplicate())
                .with("run_state", result.state())
                .members());
    }
}
