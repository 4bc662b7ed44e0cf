package dev.leasehold.http;

import dev.leasehold.fault.NotSupportedYet;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/** Refuses the contract's headers that this version does not obey: who sends them relies on them. */
@Provider
public class LaterHeaders implements ContainerRequestFilter {

    private static final List<String> NAMES = List.of("Idempotency-Key", "If-Match", "X-Tenant");

    @Override
    public void filter(ContainerRequestContext request) {
        NAMES.stream()
                .filter(name -> request.getHeaderString(name) != null)
                .findFirst()
                .ifPresent(name -> {
                    throw new NotSupportedYet(name);
                });
    }
}
