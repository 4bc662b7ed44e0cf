package dev.leasehold.http;

import dev.leasehold.fault.NotSupportedYet;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Refuses the contract's headers where they are not obeyed: who sends them relies on them. Those that a POST or
 * a PUT may have are left to whoever reads it.
 */
@Provider
public class LaterHeaders implements ContainerRequestFilter {

    private static final Map<String, List<String>> REFUSED = Map.of("POST", List.of(), "PUT", List.of(Posted.KEY));
    private static final List<String> OF_POSTS = List.of(Posted.KEY, Posted.MATCH);

    @Override
    public void filter(ContainerRequestContext request) {
        List<String> refused = REFUSED.getOrDefault(request.getMethod(), OF_POSTS);
        Stream.concat(refused.stream(), Stream.of("X-Tenant"))
                .filter(name -> request.getHeaderString(name) != null)
                .findFirst()
                .ifPresent(name -> {
                    throw new NotSupportedYet(name);
                });
    }
}
