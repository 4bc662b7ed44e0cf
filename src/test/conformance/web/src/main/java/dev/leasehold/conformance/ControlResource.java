package dev.leasehold.conformance;

import dev.leasehold.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Clock, ticks, settings and the test handler's doings. */
@Path("")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ControlResource {

    @Inject
    Settings settings;

    @Inject
    KitClock clock;

    @Inject
    Passes passes;

    @Inject
    Configuration configuration;

    @Inject
    Store store;

    @Inject
    Calls calls;

    @Inject
    Gate gate;

    private void requireByHand() {
        if (settings.dutiesByTimer()) {
            throw Refused.byTimers();
        }
    }

    /** Empties the store; everything is as at the start of a scenario. */
    @POST
    @Path("reset")
    public byte[] reset(byte[] body) {
        requireByHand();
        Body.parse(body).only();
        passes.rest();
        store.empty();
        calls.clear();
        clock.set(KitClock.START);
        configuration.reset();
        return Json.write(Map.of("status", "reset", "now", Json.seconds(clock.now())));
    }

    /** Lets time stand at an instant. */
    @POST
    @Path("clock")
    public byte[] clock(byte[] body) {
        requireByHand();
        clock.set(Body.parse(body).only("now").instant("now"));
        return Json.write(Map.of("now", Json.seconds(clock.now())));
    }

    /** One pass of one component, or of all. */
    @POST
    @Path("tick")
    public byte[] tick(byte[] body) throws SQLException {
        requireByHand();
        String component = Body.parse(body).only("component").text("component");
        List<Component> components = component == null ? List.of(Component.values()) : List.of(Component.of(component));
        return Json.write(passes.tick(components));
    }

    /** Passes until nothing changes and no handler runs. */
    @POST
    @Path("idle")
    public byte[] idle(byte[] body) throws SQLException {
        requireByHand();
        Body.parse(body).only();
        return Json.write(passes.idle());
    }

    /** Changes the node's settings. */
    @POST
    @Path("configure")
    public byte[] configure(byte[] body) {
        requireByHand();
        return Json.write(configuration.change(Body.parse(body)));
    }

    /** Every call of the test handler. */
    @GET
    @Path("calls")
    public byte[] calls() {
        return Json.write(Map.of("calls", calls.all()));
    }

    /** Lets handlers go on that wait in {@code block}. */
    @POST
    @Path("release")
    public byte[] release(byte[] body) {
        return Json.write(
                Map.of("released", gate.release(Body.parse(body).only("run_id").uuid("run_id"))));
    }
}
