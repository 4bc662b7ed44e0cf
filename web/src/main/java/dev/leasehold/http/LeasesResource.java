package dev.leasehold.http;

import dev.leasehold.lease.AttemptInProgress;
import dev.leasehold.lease.HeldLease;
import dev.leasehold.lease.ReleaseLeases;
import dev.leasehold.lease.RenewLeases;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Leases of workers over HTTP (http.md 3): runs to do, for as long as they are kept. */
@Path("v1/leases")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class LeasesResource {

    @Inject
    Settings settings;

    @Inject
    Repeats repeats;

    @Inject
    WaitingWorkers workers;

    @Inject
    Askers askers;

    @Inject
    RenewLeases renew;

    @Inject
    ReleaseLeases release;

    /** Grants runs, at once or as soon as there are any within the time that the worker waits. */
    @POST
    public void claim(@Context HttpHeaders headers, InputStream body, @Suspended AsyncResponse response) {
        LeaseRequest request = LeaseRequest.of(
                WorkerBody.read(headers::getHeaderString, body, settings.maxRequestBytes()), settings.httpLease());
        askers.note(request);
        workers.serve(new Waiter(
                Caller.local(),
                request,
                answer -> answer instanceof Throwable thrown ? response.resume(thrown) : response.resume(answer),
                response::isDone));
    }

    /** Keeps leases. */
    @POST
    @Path("renew")
    public byte[] renew(@Context HttpHeaders headers, InputStream body) {
        Members members = WorkerBody.read(headers::getHeaderString, body, settings.maxRequestBytes())
                .only("owner", "lease_secs", "leases");
        Duration length = Fields.leaseSecs(members, settings.httpLease());
        List<RenewLeases.Request> requests = leases(members).stream()
                .map(lease -> new RenewLeases.Request(lease, length))
                .toList();
        List<RenewLeases.Result> results = repeats.call(() -> renew.execute(Caller.local(), requests));
        List<Map<String, Object>> items = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            items.add(renewed(requests.get(i).lease(), results.get(i)).members());
        }
        return Json.write(new Item.Results(items));
    }

    /** Gives leases back. */
    @POST
    @Path("release")
    public byte[] release(@Context HttpHeaders headers, InputStream body) {
        List<HeldLease> leases = leases(WorkerBody.read(headers::getHeaderString, body, settings.maxRequestBytes())
                .only("owner", "leases"));
        List<ReleaseLeases.Result> results = repeats.call(() -> release.execute(Caller.local(), leases));
        List<Map<String, Object>> items = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            items.add(released(leases.get(i), results.get(i)).members());
        }
        return Json.write(new Item.Results(items));
    }

    private static List<HeldLease> leases(Members members) {
        String owner = Fields.owner(members);
        return Fields.items(members, "leases", "run_id", "fence").stream()
                .map(lease -> Fields.lease(owner, lease))
                .toList();
    }

    private static Item renewed(HeldLease lease, RenewLeases.Result result) {
        if (result.refusal() != null) {
            return LostLease.item(lease.runId(), result.refusal());
        }
        return Item.of(lease.runId(), "renewed")
                .with("expiry", result.expiry())
                .with("cancel_requested", result.cancelReason() != null)
                .with("reason", result.cancelReason());
    }

    private static Item released(HeldLease lease, ReleaseLeases.Result result) {
        if (result.refusal() == null) {
            return Item.of(lease.runId(), "released");
        }
        return result.refusal() instanceof AttemptInProgress refusal
                ? Item.refused(lease.runId(), "rejected", refusal)
                : LostLease.item(lease.runId(), result.refusal());
    }
}
