package dev.leasehold.http;

import dev.leasehold.idempotency.Answer;
import dev.leasehold.run.Order;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Repeats;
import dev.leasehold.sql.WaitRow;
import dev.leasehold.tenant.Caller;
import dev.leasehold.wait.OpenWaits;
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

/** What runs wait for. */
@Path("v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class WaitsResource {

    private record Listing(UUID runId, List<Map<String, Object>> waits, Optional<String> next) {
        static Listing of(UUID run, List<WaitRow> rows, boolean payloads, int limit) {
            return new Listing(
                    run,
                    rows.stream().map(payloads ? WaitView::full : WaitView::of).toList(),
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

    /** A page of a run's waits, the oldest first. */
    @GET
    @Path("{id}/waits")
    public byte[] list(@PathParam("id") String id, @Context UriInfo uri) {
        UUID run = Uuids.run(id);
        Query query = new Query(uri.getQueryParameters());
        int limit = Page.limit(query);
        String after = query.last("after");
        if (after != null && !WaitRequest.isId(after)) {
            throw Page.noSuchAfter("wait");
        }
        boolean payloads = query.flag("payloads");
        return Json.write(repeats.call(() -> Listing.of(run, page(run, after, limit), payloads, limit)));
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
    @Path("{id}/waits")
    public Response open(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        Posted posted = Posted.order(
                uri.getAbsolutePath().getRawPath(), headers::getHeaderString, body, settings.maxRequestBytes());
        return answering.answer(Caller.local(), posted, request -> {
            Members members = request.members("wait_id", "kind", "name", "reason", "wake_at", "timeout", "schema");
            Order order = new Order(Uuids.run(id), request.version(), Fields.reason(members));
            OpenWaits.Request wanted = new OpenWaits.Request(order, WaitRequest.of(members));
            return () -> opened(open.execute(Caller.local(), List.of(wanted)).get(0));
        });
    }

    private static Answer opened(OpenWaits.Result result) {
        WaitView.require(result.refusal());
        return Answering.answer(201, null, WaitView.of(Objects.requireNonNull(result.row())));
    }
}
