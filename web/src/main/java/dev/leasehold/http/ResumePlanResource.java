package dev.leasehold.http;

import dev.leasehold.fault.InvalidRequest;
import dev.leasehold.observability.Observation;
import dev.leasehold.observability.Observations;
import dev.leasehold.run.Order;
import dev.leasehold.run.RunInLane;
import dev.leasehold.run.Runs;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
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
import java.time.Clock;
import java.util.UUID;

/** What an operator may choose for a run that does not go on by itself, and does (tandem 6.6). */
@Path("v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ResumePlanResource {

    private static final Observation.Limits LIMITS = new Observation.Limits(1, Observations.MOST, 1);

    @Inject
    Settings settings;

    @Inject
    Answering answering;

    @Inject
    Repeats repeats;

    @Inject
    Runs runs;

    @Inject
    Observations observations;

    @Inject
    RecoveryChoices choices;

    @Inject
    @Leasehold
    Clock clock;

    /** What there is to choose. */
    @GET
    @Path("{id}/resume-plan")
    public byte[] plan(@PathParam("id") String id) {
        UUID run = Uuids.run(id);
        return Json.write(repeats.call(() -> {
            RunInLane found = runs.get(Caller.local(), run);
            return ResumePlan.of(found, observations.get(Caller.local(), run, LIMITS), clock.instant());
        }));
    }

    /** Does what was chosen. */
    @POST
    @Path("{id}/resume-plan")
    public Response choose(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        Posted posted = Posted.order(
                uri.getAbsolutePath().getRawPath(), headers::getHeaderString, body, settings.maxRequestBytes());
        return answering.answer(Caller.local(), posted, request -> {
            RecoveryChoices.Wanted wanted = wanted(id, request);
            return () -> choices.choose(Caller.local(), wanted);
        });
    }

    private static RecoveryChoices.Wanted wanted(String id, Posted request) {
        Members members = request.members("choice", "reason", "dead_letter_id");
        String word = members.required("choice", members.text("choice"));
        RecoveryChoice choice = RecoveryChoice.of(word)
                .orElseThrow(() -> members.refuse("choice", "must be one of " + RecoveryChoice.words()));
        String letter = members.text("dead_letter_id");
        if (letter != null && choice == RecoveryChoice.RESUME_FROM_CHECKPOINT) {
            throw new InvalidRequest("dead_letter_id", "must not be given for " + choice.word());
        }
        if (letter != null) {
            Text.whole(letter, why -> members.refuse("dead_letter_id", why));
        }
        return new RecoveryChoices.Wanted(
                choice, new Order(Uuids.run(id), request.version(), Fields.reason(members)), letter);
    }
}
