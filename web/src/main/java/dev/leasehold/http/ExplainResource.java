package dev.leasehold.http;

import dev.leasehold.explain.Ability;
import dev.leasehold.explain.Explainer;
import dev.leasehold.explain.Explanation;
import dev.leasehold.explain.Gate;
import dev.leasehold.fault.InvalidRequest;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Why a run is not running (http.md 2). */
@Path("v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ExplainResource {

    private static final int MOST_WORDS = 1000;

    private record View(UUID runId, String state, boolean runnable, List<GateView> gates) {}

    private record GateView(
            String gate,
            boolean open,
            Map<String, Object> detail,
            List<String> heldBy,
            Optional<Instant> opensAt,
            Optional<String> action) {

        static GateView of(Gate gate) {
            return new GateView(
                    gate.gate(),
                    gate.open(),
                    gate.detail(),
                    gate.heldBy(),
                    Optional.ofNullable(gate.opensAt()),
                    Optional.ofNullable(gate.action()));
        }
    }

    @Inject
    Repeats repeats;

    @Inject
    Explainer explainer;

    @Inject
    Askers askers;

    /** The gates of a claim, as they are now: for the worker that the parameters describe, or for any that is known. */
    @GET
    @Path("{id}/explain")
    public byte[] explain(@PathParam("id") String id, @Context UriInfo uri) {
        UUID run = Uuids.run(id);
        Query query = new Query(uri.getQueryParameters());
        Ability worker = described(query);
        List<Ability> others = askers.recent();
        Explanation explanation = repeats.call(() -> explainer.explain(Caller.local(), run, worker, others));
        return Json.write(new View(
                run,
                explanation.state(),
                explanation.runnable(),
                explanation.gates().stream().map(GateView::of).toList()));
    }

    private static @Nullable Ability described(Query query) {
        List<String> types = words(query, "types");
        List<String> queues = words(query, "queues");
        List<String> capabilities = words(query, "capabilities");
        return types == null && queues == null && capabilities == null
                ? null
                : new Ability("as described", types, queues, capabilities == null ? List.of() : capabilities);
    }

    private static @Nullable List<String> words(Query query, String name) {
        List<String> all = query.all(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .toList();
        if (all.size() > MOST_WORDS) {
            throw new InvalidRequest(name, "must have at most " + MOST_WORDS + " entries");
        }
        return all.isEmpty() ? null : all;
    }
}
