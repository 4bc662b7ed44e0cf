package dev.leasehold.http;

import dev.leasehold.settings.Settings;
import jakarta.inject.Inject;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where control is switched off no order of an operator has a route (AQ 9.1): what is left is reading, submitting and the
 * workers' part. A route that is new is an order until it is named here.
 */
@Provider
public class ControlSwitch implements ContainerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern NO_ORDERS = Pattern.compile(
            "/?v1/(tasks|tasks/batch|schedules/preview|leases|leases/(renew|release)|attempts/(start|finish))/?");

    @Inject
    Settings settings;

    @Override
    public void filter(ContainerRequestContext request) {
        if (isOrder(request.getMethod(), request.getUriInfo().getPath()) && !settings.control()) {
            throw new NotFoundException();
        }
    }

    static boolean isOrder(String method, String path) {
        return !READING.contains(method) && !NO_ORDERS.matcher(path).matches();
    }
}
