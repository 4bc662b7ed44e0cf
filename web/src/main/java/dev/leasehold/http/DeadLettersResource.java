package dev.leasehold.http;

import dev.leasehold.fault.InvalidRequest;
import dev.leasehold.idempotency.Answer;
import dev.leasehold.letter.IgnoreLetters;
import dev.leasehold.letter.LetterNotFound;
import dev.leasehold.letter.LetterOrder;
import dev.leasehold.letter.LetterStatus;
import dev.leasehold.letter.Letters;
import dev.leasehold.letter.ResolveLetters;
import dev.leasehold.letter.RetryLetters;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.LetterRow;
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
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Dead letters: what failed for good, and what operators do about it (http.md 4b). */
@Path("v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class DeadLettersResource {

    private static final String STATUSES =
            Arrays.stream(LetterStatus.values()).map(LetterStatus::word).collect(Collectors.joining(", "));
    private static final int LONGEST_ID = 200;

    @Inject
    Settings settings;

    @Inject
    Repeats repeats;

    @Inject
    Answering answering;

    @Inject
    Letters letters;

    @Inject
    RetryLetters retry;

    @Inject
    IgnoreLetters ignore;

    @Inject
    ResolveLetters resolve;

    /** A page of letters, the oldest first. */
    @GET
    public byte[] list(@Context UriInfo uri) {
        Query query = new Query(uri.getQueryParameters());
        int limit = Page.limit(query);
        LetterStatus status = status(query.last("status"));
        UUID run = run(query.last("run_id"));
        if (run != null && status != null) {
            throw new InvalidRequest("status", "must not be given beside run_id");
        }
        String after = query.last("after");
        if (after != null && !stored(after)) {
            throw Page.noSuchAfter("dead letter");
        }
        return Json.write(repeats.call(() -> LetterView.Listing.of(page(status, run, after, limit), limit)));
    }

    private List<LetterRow> page(@Nullable LetterStatus status, @Nullable UUID run, @Nullable String after, int limit) {
        try {
            return letters.page(Caller.local(), status, run, after, limit);
        } catch (LetterNotFound e) {
            throw Page.noSuchAfter("dead letter");
        }
    }

    /** One letter. */
    @GET
    @Path("{id}")
    public byte[] get(@PathParam("id") String id) {
        String letter = require(id);
        return Json.write(repeats.call(() -> LetterView.of(letters.get(Caller.local(), letter))));
    }

    /** Has it retried. */
    @POST
    @Path("{id}/retry")
    public Response retry(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        return order(id, posted(headers, uri, body), 202, retry::execute);
    }

    /** Lets it rest. */
    @POST
    @Path("{id}/ignore")
    public Response ignore(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        return order(id, posted(headers, uri, body), 200, ignore::execute);
    }

    /** Says that it was dealt with. */
    @POST
    @Path("{id}/resolve")
    public Response resolve(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri, InputStream body) {
        return order(id, posted(headers, uri, body), 200, resolve::execute);
    }

    private Response order(
            String id, Posted posted, int status, BiFunction<Caller, List<LetterOrder>, List<Letters.Result>> command) {
        return answering.answer(Caller.local(), posted, request -> {
            LetterOrder order = new LetterOrder(require(id), Fields.reason(request.members("reason")));
            return () -> answer(
                    status, order, command.apply(Caller.local(), List.of(order)).get(0));
        });
    }

    private static Answer answer(int status, LetterOrder order, Letters.Result result) {
        if (result.refusal() != null) {
            throw result.refusal();
        }
        return Answering.answer(
                status,
                null,
                Item.of("dead_letter_id", order.letter())
                        .with(
                                "status",
                                result.status() == null ? null : result.status().word())
                        .members());
    }

    private Posted posted(HttpHeaders headers, UriInfo uri, InputStream body) {
        return Posted.bodyOptional(
                uri.getAbsolutePath().getRawPath(), headers::getHeaderString, body, settings.maxRequestBytes());
    }

    private static @Nullable LetterStatus status(@Nullable String word) {
        return word == null
                ? null
                : LetterStatus.ofWord(word)
                        .orElseThrow(() -> new InvalidRequest("status", "must be one of " + STATUSES));
    }

    private static @Nullable UUID run(@Nullable String id) {
        return id == null ? null : Uuids.read(id).orElseThrow(() -> new InvalidRequest("run_id", "must be a UUID"));
    }

    private static String require(String id) {
        if (!stored(id)) {
            throw new LetterNotFound(Text.isWhole(id) ? id : "");
        }
        return id;
    }

    private static boolean stored(String id) {
        return id.length() <= LONGEST_ID && Text.isWhole(id);
    }
}
