package dev.leasehold.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a request reached this machine. While there are no credentials only its own users may ask, by a name that no
 * stranger's web page can give it (DNS rebinding), and not on behalf of such a page.
 *
 * @param remote the address that the connection comes from
 * @param headers answers the request's headers by name
 */
record Approach(String remote, UnaryOperator<@Nullable String> headers) {

    /** What a proxy adds that says that it is one. Not every proxy does. */
    private static final List<String> OF_PROXIES =
            List.of("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP");

    /** What a browser says of a request that no other origin's page is behind. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private static final Pattern PORT = Pattern.compile(":[0-9]*$");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f:.]+(%\\w+)?");
    private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Why the request is refused, if it is. */
    Optional<Forbidden> refusal() {
        if (!isLoopback() || OF_PROXIES.stream().anyMatch(name -> headers.apply(name) != null)) {
            return refusal("the API answers this machine only, because there are no credentials yet");
        }
        String host = headers.apply("Host");
        if (host == null || !HOSTS.contains(PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT))) {
            return refusal("the Host header must name localhost, 127.0.0.1 or [::1]");
        }
        if (!isOwn(host)) {
            return refusal("web pages of another origin may not ask");
        }
        return Optional.empty();
    }

    private boolean isOwn(String host) {
        String origin = headers.apply("Origin");
        String site = headers.apply("Sec-Fetch-Site");
        return (site == null || OWN_SITES.contains(site))
                && (origin == null
                        || origin.equalsIgnoreCase("http://" + host)
                        || origin.equalsIgnoreCase("https://" + host));
    }

    private boolean isLoopback() {
        try {
            return ADDRESS.matcher(remote).matches()
                    && InetAddress.getByName(remote).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Optional<Forbidden> refusal(String reason) {
        return Optional.of(new Forbidden(reason));
    }
}
