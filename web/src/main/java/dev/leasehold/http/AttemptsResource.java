package dev.leasehold.http;

import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.attempt.StartAttempts;
import dev.leasehold.lease.HeldLease;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Attempts of workers over HTTP (http.md 3): begun under a lease, and reported. */
@Path("v1/attempts")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class AttemptsResource {

    @Inject
    Settings settings;

    @Inject
    Repeats repeats;

    @Inject
    StartAttempts start;

    @Inject
    Reports reports;

    /** Begins attempts of leased runs. */
    @POST
    @Path("start")
    public byte[] start(@Context HttpHeaders headers, InputStream body) {
        Members members = WorkerBody.read(headers::getHeaderString, body, settings.maxRequestBytes())
                .only("owner", "attempts");
        String owner = Fields.owner(members);
        List<HeldLease> leases = Fields.items(members, "attempts", "run_id", "fence").stream()
                .map(lease -> Fields.lease(owner, lease))
                .toList();
        List<StartAttempts.Result> results = repeats.call(() -> start.execute(Caller.local(), leases));
        List<Map<String, Object>> items = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            items.add(started(leases.get(i).runId(), results.get(i)).members());
        }
        return Json.write(new Item.Results(items));
    }

    /** Hears how attempts ended. */
    @POST
    @Path("finish")
    public byte[] finish(@Context HttpHeaders headers, InputStream body) {
        FinishRequest request = FinishRequest.of(
                WorkerBody.read(headers::getHeaderString, body, settings.maxRequestBytes()),
                settings.maxPayloadBytes());
        List<FinishAttempts.Result> results = reports.hear(Caller.local(), request);
        List<Map<String, Object>> items = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            items.add(heard(request.items().get(i).runId(), results.get(i)).members());
        }
        return Json.write(new Item.Results(items));
    }

    private static Item started(UUID run, StartAttempts.Result result) {
        if (result.refusal() != null) {
            return Item.refused(run, "rejected", result.refusal());
        }
        return Item.of(run, "started")
                .with("attempt_id", result.attemptId())
                .with("attempt_number", result.number())
                .with("deadline", result.deadline());
    }

    private static Item heard(UUID run, FinishAttempts.Result result) {
        if (result.refusal() != null) {
            return Item.refused(run, "rejected", result.refusal());
        }
        return Item.of(run, "accepted")
                .with("state", result.state())
                .with("next_attempt_at", result.nextAttemptAt())
                .with("duplicate", result.duplicate() ? true : null);
    }
}
