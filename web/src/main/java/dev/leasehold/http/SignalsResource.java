package dev.leasehold.http;

import dev.leasehold.idempotency.Answer;
import dev.leasehold.run.Order;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Repeats;
import dev.leasehold.sql.SignalRow;
import dev.leasehold.tenant.Caller;
import dev.leasehold.wait.SendSignals;
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

/** What runs are told. */
@Path("v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class SignalsResource {

    private record Listing(UUID runId, List<Map<String, Object>> signals, Optional<Integer> next) {
        static Listing of(UUID run, List<SignalRow> rows, boolean payloads, int limit) {
            return new Listing(
                    run,
                    rows.stream().map(row -> view(row, payloads).members()).toList(),
                    rows.size() < limit
                            ? Optional.empty()
                            : Optional.of(rows.get(rows.size() - 1).eventSeq()));
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
    SendSignals send;

    /** A page of what a run was told, in the order in which it came. */
    @GET
    @Path("{id}/signals")
    public byte[] list(@PathParam("id") String id, @Context UriInfo uri) {
        UUID run = Uuids.run(id);
        Query query = new Query(uri.getQueryParameters());
        int limit = Page.limit(query);
        int after = Page.afterSeq(query);
        boolean payloads = query.flag("payloads");
        return Json.write(
                repeats.call(() -> Listing.of(run, waits.signals(Caller.local(), run, after, limit), payloads, limit)));
    }

    /** Tells a run something. */
    @POST
    @Path("{id}/signals/{name}")
    public Response send(
            @PathParam("id") String id,
            @PathParam("name") String name,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            InputStream body) {
        Posted posted = Posted.order(
                uri.getAbsolutePath().getRawPath(), headers::getHeaderString, body, settings.maxRequestBytes());
        return answering.answer(Caller.local(), posted, request -> {
            Members members = request.members("payload", "reason");
            Order order = new Order(Uuids.run(id), request.version(), Fields.reason(members));
            SendSignals.Request wanted = WaitRequest.signal(order, name, members);
            return () -> sent(send.execute(Caller.local(), List.of(wanted)).get(0));
        });
    }

    private static Answer sent(SendSignals.Result result) {
        WaitView.require(result.refusal());
        SignalRow signal = Objects.requireNonNull(result.row());
        return Answering.answer(
                201, null, view(signal, false).with("run_state", result.state()).members());
    }

    private static Item view(SignalRow signal, boolean payload) {
        return Item.of("run_id", signal.run())
                .with("name", signal.name())
                .with("ordinal", signal.ordinal())
                .with("event_seq", signal.eventSeq())
                .with("received_at", signal.createdAt())
                .with("wait_id", signal.taker())
                .with("payload", payload ? WaitView.payload(signal.payload()) : null);
    }
}
