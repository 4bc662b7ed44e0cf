package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import dev.leasehold.letter.FailureNotFound;
import dev.leasehold.letter.Failures;
import dev.leasehold.run.RerunFailures;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
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
import java.util.regex.Pattern;

/** What failed for good by what caused it, and has a cause's runs done again. */
@Path("v1/failures")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class FailuresResource {

    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");

    @Inject
    Settings settings;

    @Inject
    Repeats repeats;

    @Inject
    Answering answering;

    @Inject
    Failures failures;

    @Inject
    RerunFailures rerun;

    /** Causes, those that failed last before others. */
    @GET
    public byte[] list(@Context UriInfo uri) {
        int limit = Page.limit(new Query(uri.getQueryParameters()));
        return Json.write(repeats.call(() -> FailureView.Listing.of(failures.list(Caller.local(), limit), limit)));
    }

    /** One cause. */
    @GET
    @Path("{fingerprint}")
    public byte[] get(@PathParam("fingerprint") String fingerprint) {
        String cause = require(fingerprint);
        return Json.write(repeats.call(() -> FailureView.of(failures.get(Caller.local(), cause))));
    }

    /** Has its runs done again, in batches. */
    @POST
    @Path("{fingerprint}/rerun")
    public Response rerun(
            @PathParam("fingerprint") String fingerprint,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            InputStream body) {
        Posted posted = Posted.bodyOptional(
                uri.getAbsolutePath().getRawPath(), headers::getHeaderString, body, settings.maxRequestBytes());
        return answering.answer(Caller.local(), posted, request -> {
            RerunFailures.Failure failure =
                    new RerunFailures.Failure(require(fingerprint), Fields.reason(request.members("reason")));
            return () -> {
                Fault refusal =
                        rerun.execute(Caller.local(), List.of(failure)).get(0).refusal();
                if (refusal != null) {
                    throw refusal;
                }
                return Answering.answer(
                        202,
                        null,
                        Item.of("fingerprint", failure.fingerprint())
                                .with("status", "running")
                                .members());
            };
        });
    }

    private static String require(String fingerprint) {
        if (!FINGERPRINT.matcher(fingerprint).matches()) {
            throw new FailureNotFound(Text.isWhole(fingerprint) ? fingerprint : "");
        }
        return fingerprint;
    }
}
