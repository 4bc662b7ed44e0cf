package dev.leasehold.conformance;

import dev.leasehold.fault.NotSupportedYet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What scenarios do to the store past the API. */
@Path("")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class MutateResource {

    @Inject
    Mutations mutations;

    /** One of AQ 3.2's commands. */
    @POST
    @Path("mutate")
    public byte[] mutate(byte[] body) {
        return Json.write(mutations.apply(Body.parse(body)));
    }

    /** Rows that no command makes: with the issues whose scenarios need them. */
    @POST
    @Path("seed")
    public byte[] seed(byte[] body) {
        Body.parse(body);
        throw new NotSupportedYet("seed");
    }

    /** A failing command: there is no seam for it in the product. */
    @POST
    @Path("fault")
    public byte[] fault(byte[] body) {
        Body.parse(body);
        throw new NotSupportedYet("fault");
    }
}
