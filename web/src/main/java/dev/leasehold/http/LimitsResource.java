package dev.leasehold.http;

import dev.leasehold.fault.InvalidRequest;
import dev.leasehold.queue.Limits;
import dev.leasehold.queue.SetLimits;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.LimitStatement.Limit;
import dev.leasehold.sql.PermitRow;
import dev.leasehold.sql.PermitScope;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;

/** How many runs of a concurrency key or a task type are under way at once, and how many a rate has let through. */
@Path("v1/limits")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class LimitsResource {

    private static final int LONGEST = 255;

    @Inject
    Settings settings;

    @Inject
    Repeats repeats;

    @Inject
    SetLimits set;

    @Inject
    Limits limits;

    /** The limit of a key, and how many runs hold it. */
    @GET
    @Path("key/{name}")
    public byte[] key(@PathParam("name") String name) {
        return show(PermitScope.KEY, name);
    }

    /** The limit of a type, and how many of its runs are leased. */
    @GET
    @Path("type/{name}")
    public byte[] type(@PathParam("name") String name) {
        return show(PermitScope.TYPE, name);
    }

    /** The limit of a rate, and how many runs were leased within its period. */
    @GET
    @Path("rate/{name}")
    public byte[] rate(@PathParam("name") String name) {
        return show(PermitScope.RATE, name);
    }

    /** Limits a key. */
    @PUT
    @Path("key/{name}")
    public byte[] key(@PathParam("name") String name, @Context HttpHeaders headers, InputStream body) {
        return put(PermitScope.KEY, name, headers, body);
    }

    /** Limits a type. */
    @PUT
    @Path("type/{name}")
    public byte[] type(@PathParam("name") String name, @Context HttpHeaders headers, InputStream body) {
        return put(PermitScope.TYPE, Names.require("type", name), headers, body);
    }

    private byte[] put(PermitScope scope, String name, HttpHeaders headers, InputStream body) {
        Members members = Names.body(headers::getHeaderString, body, settings.maxRequestBytes())
                .only("limit", "reason");
        if (!LimitRequest.isIn(members)) {
            throw members.refuse("limit", "is required");
        }
        Limit limit = LimitRequest.of(members, scope, fitting(name));
        PermitRow permit =
                repeats.call(() -> set.execute(Caller.local(), List.of(limit)).get(0));
        return Json.write(LimitRequest.view(item(scope, name), permit));
    }

    private byte[] show(PermitScope scope, String name) {
        return Json.write(repeats.call(() -> LimitRequest.view(
                item(scope, name),
                limits.find(Caller.local(), scope, fitting(name)).orElse(null))));
    }

    private static Item item(PermitScope scope, String name) {
        return Item.of("scope", scope.word()).with("name", name);
    }

    private static String fitting(String name) {
        if (name.isBlank() || name.length() > LONGEST || !Text.isWhole(name)) {
            throw new InvalidRequest("name", "must have 1 to " + LONGEST + " characters that can be stored");
        }
        return name;
    }
}
