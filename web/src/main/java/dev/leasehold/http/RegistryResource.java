package dev.leasehold.http;

import dev.leasehold.registry.Drift;
import dev.leasehold.registry.DriftLog;
import dev.leasehold.registry.Entry;
import dev.leasehold.registry.Looked;
import dev.leasehold.registry.Lookout;
import dev.leasehold.registry.Reconciliation;
import dev.leasehold.registry.Registry;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which runs are carried out now and where, and whether this node and its leases agree on that. */
@Path("v1/registry")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class RegistryResource {

    private record Listing(List<EntryView> entries, Optional<UUID> next) {}

    private record EntryView(
            UUID taskId,
            UUID runId,
            String residency,
            String status,
            long fence,
            String owner,
            @Nullable UUID nodeId,
            @Nullable UUID attemptId,
            @Nullable Integer attempt,
            @Nullable Instant sinceAt) {
        static EntryView of(Entry entry) {
            return new EntryView(
                    entry.taskId(),
                    entry.runId(),
                    entry.residency().name().toLowerCase(Locale.ROOT),
                    entry.status(),
                    entry.fence(),
                    entry.owner(),
                    entry.nodeId(),
                    entry.attemptId(),
                    entry.attempt(),
                    entry.since());
        }
    }

    private record Report(
            long checked, long corrected, long evicted, long ended, List<DriftView> drift, Optional<Integer> asked) {
        static Report of(Looked looked, @Nullable Integer asked) {
            return new Report(
                    looked.checked(),
                    looked.corrected(),
                    looked.evicted(),
                    looked.ended(),
                    looked.drift().stream().map(DriftView::of).toList(),
                    Optional.ofNullable(asked));
        }
    }

    private record DriftView(
            UUID runId,
            long fence,
            String kind,
            @Nullable String cached,
            @Nullable String projected,
            Instant foundAt) {
        static DriftView of(Drift drift) {
            return new DriftView(
                    drift.runId(),
                    drift.fence(),
                    drift.kind().word(),
                    drift.cached(),
                    drift.projected(),
                    drift.foundAt());
        }
    }

    @Inject
    Registry registry;

    @Inject
    Reconciliation reconciliation;

    @Inject
    Lookout lookout;

    @Inject
    DriftLog log;

    /** What this node carries out, and what others do. */
    @GET
    public byte[] list(@Context UriInfo uri) {
        Query query = new Query(uri.getQueryParameters());
        Registry.Listing found = registry.list(Caller.local(), Page.after(query, "run"), Page.limit(query));
        return Json.write(
                new Listing(found.entries().stream().map(EntryView::of).toList(), Optional.ofNullable(found.next())));
    }

    /** One of them. */
    @GET
    @Path("{task_id}/{run_id}")
    public byte[] get(@PathParam("task_id") String task, @PathParam("run_id") String run) {
        UUID runId = Uuids.run(run);
        return Json.write(registry.find(Caller.local(), Uuids.task(task), runId)
                .map(EntryView::of)
                .orElseThrow(() -> new NotActive(runId)));
    }

    /** What the looks of this node came to since it started. */
    @GET
    @Path("drift")
    public byte[] drift() {
        return Json.write(Report.of(log.total(), null));
    }

    /** Looks at once, outside of any transaction, and asks the other nodes to. */
    @POST
    @Path("reconcile")
    public byte[] reconcile() {
        int asked = lookout.askOthers();
        return Json.write(Report.of(reconciliation.look(), asked));
    }
}
