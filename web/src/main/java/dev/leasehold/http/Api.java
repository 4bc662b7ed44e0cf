package dev.leasehold.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The HTTP API, under {@code /leasehold/api}. */
@ApplicationPath("api")
public class Api extends Application {

    /** Jersey (Payara) would describe the API in a format of its own; other servers know nothing of this key. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
