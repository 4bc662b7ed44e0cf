package dev.leasehold.http;

import dev.leasehold.api.Cron;
import dev.leasehold.schedule.Forecast;
import dev.leasehold.settings.Settings;
import dev.leasehold.task.CronChecks;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Shows what a cron policy would do (http.md 4b). */
@Path("v1/schedules")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class SchedulesResource {

    private record Firing(Instant at, String local, Optional<String> dst) {
        static Firing of(Forecast.Firing firing) {
            return new Firing(firing.at(), firing.local().toString(), firing.dst());
        }
    }

    private record View(List<Firing> instants, List<Forecast.Finding> findings) {
        static View of(Forecast forecast) {
            return new View(forecast.instants().stream().map(Firing::of).toList(), forecast.findings());
        }
    }

    @Inject
    Settings settings;

    @Inject
    Answering answering;

    @Inject
    @Leasehold
    Clock clock;

    /** The next instants of a policy, and what its author may not have meant. */
    @POST
    @Path("preview")
    public Response preview(@Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        Posted posted = Posted.withBody(
                uri.getAbsolutePath().getRawPath(), headers::getHeaderString, body, settings.maxRequestBytes());
        return answering.answer(Caller.local(), posted, request -> {
            Members members = request.members(RunPolicyRequest.POLICY, "from", "n");
            Cron cron = RunPolicyRequest.cronOf(members);
            CronChecks.check(cron);
            Long most = members.whole("n", 1, 100);
            Instant from = from(members);
            int count = (int) (long) Objects.requireNonNullElse(most, 10L);
            return () -> Answering.ok(View.of(Forecast.of(cron, from, count)));
        });
    }

    private Instant from(Members members) {
        return members.has("from") ? Fields.instant(members, "from") : clock.instant();
    }
}
