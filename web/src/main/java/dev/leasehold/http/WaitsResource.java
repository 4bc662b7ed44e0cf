package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import dev.leasehold.idempotency.Answer;
import dev.leasehold.run.Order;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Repeats;
import dev.leasehold.sql.WaitRow;
import dev.leasehold.tenant.Caller;
import dev.leasehold.wait.OpenWaits;
import dev.leasehold.wait.ResolveWaits;
import dev.leasehold.wait.WaitNotFound;
import dev.leasehold.wait.Waits;
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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What runs wait for, and that it has happened. */
@Path("v1")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class WaitsResource {

    private record Listing(UUID runId, List<Map<String, Object>> waits, Optional<String> next) {
        static Listing of(UUID run, List<WaitRow> rows, int limit) {
            return new Listing(
                    run,
                    rows.stream().map(WaitsResource::view).toList(),
                    rows.size() < limit
                            ? Optional.empty()
                            : Optional.of(rows.get(rows.size() - 1).id()));
        }
    }

    @Inject
    Settings settings;

    @Inject
    Answering answering;

    @Inject
    Repeats repeats;

    @Inject
    Waits waits;

    @Inject
    OpenWaits open;

    @Inject
    ResolveWaits resolve;

    /** A page of a run's waits, the oldest first. */
    @GET
    @Path("runs/{id}/waits")
    public byte[] list(@PathParam("id") String id, @Context UriInfo uri) {
        UUID run = Uuids.run(id);
        Query query = new Query(uri.getQueryParameters());
        int limit = Page.limit(query);
        String after = query.last("after");
        if (after != null && !WaitRequest.isId(after)) {
            throw Page.noSuchAfter("wait");
        }
        return Json.write(repeats.call(() -> Listing.of(run, page(run, after, limit), limit)));
    }

    private List<WaitRow> page(UUID run, @Nullable String after, int limit) {
        try {
            return waits.of(Caller.local(), run, after, limit);
        } catch (WaitNotFound e) {
            throw Page.noSuchAfter("wait");
        }
    }

    /** Has a run wait. */
    @POST
    @Path("runs/{id}/waits")
    public Response open(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        Posted posted = Posted.order(
                uri.getAbsolutePath().getRawPath(), headers::getHeaderString, body, settings.maxRequestBytes());
        return answering.answer(Caller.local(), posted, request -> {
            Members members = request.members("wait_id", "kind", "reason", "wake_at", "timeout", "schema");
            Order order = new Order(Uuids.run(id), request.version(), Fields.reason(members));
            OpenWaits.Request wanted = new OpenWaits.Request(order, WaitRequest.of(members));
            return () -> opened(open.execute(Caller.local(), List.of(wanted)).get(0));
        });
    }

    private static Answer opened(OpenWaits.Result result) {
        require(result.refusal());
        return Answering.answer(201, null, view(Objects.requireNonNull(result.row())));
    }

    /** Says that what was waited for has happened. */
    @POST
    @Path("waits/{id}/resolve")
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
        require(result.refusal());
        WaitRow wait = Objects.requireNonNull(result.row());
        return Answering.ok(Item.of("wait_id", wait.id())
                .with("run_id", wait.run())
                .with("status", wait.status())
                .with("event_seq", wait.end().eventSeq())
                .with("duplicate", result.duplicate())
                .with("run_state", result.state())
                .members());
    }

    private static void require(@Nullable Fault refusal) {
        if (refusal != null) {
            throw refusal;
        }
    }

    private static Map<String, Object> view(WaitRow wait) {
        return Item.of("wait_id", wait.id())
                .with("run_id", wait.run())
                .with("wait_kind", wait.kind())
                .with("status", wait.status())
                .with("blocks", wait.blocks())
                .with("reason", wait.reason())
                .with("wake_at", wait.wakeAt())
                .with("timeout", timeout(wait.timeout()))
                .with("event_seq", wait.end().eventSeq())
                .with("created_at", wait.createdAt())
                .with("updated_at", wait.updatedAt())
                .with("completed_at", wait.end().at())
                .members();
    }

    private static @Nullable Map<String, Object> timeout(WaitRow.@Nullable Timeout timeout) {
        return timeout == null
                ? null
                : Item.of("timeout_at", timeout.at())
                        .with("on_timeout", timeout.action())
                        .with("escalate_to", timeout.escalateTo())
                        .with("remind_every_secs", timeout.remindEvery())
                        .with("reminder_count", timeout.reminders())
                        .with("last_reminded_at", timeout.remindedAt())
                        .members();
    }
}
