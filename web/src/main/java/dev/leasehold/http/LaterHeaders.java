package dev.leasehold.http;

import dev.leasehold.fault.NotSupportedYet;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
        refuse(request.getMethod(), request::getHeaderString);
    }

    /**
     * Looks at a request.
     *
     * @param headers answers its headers by name
     * @throws NotSupportedYet when it has one that would not be obeyed
     */
    static void refuse(String method, UnaryOperator<@Nullable String> headers) {
        List<String> refused = REFUSED.getOrDefault(method, OF_POSTS);
        Stream.concat(refused.stream(), Stream.of("X-Tenant"))
                .filter(name -> headers.apply(name) != null)
                .findFirst()
                .ifPresent(name -> {
                    throw new NotSupportedYet(name);
                });
    }
}
