package dev.leasehold.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a request reached this machine. While there are no credentials only its own users may ask, by a name that no
 * stranger's web page can give it (DNS rebinding), and not on behalf of such a page.
 *
 * @param remote the address that the connection comes from
 * @param host the Host header
 * @param origin the Origin header
 * @param forwarded whether a proxy says that it passes the request on
 */
record Approach(
        String remote, @Nullable String host, @Nullable String origin, boolean forwarded) {

    private static final Pattern PORT = Pattern.compile(":[0-9]*$");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f:.]+(%\\w+)?");
    private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Why the request is refused, if it is. */
    Optional<Forbidden> refusal() {
        if (forwarded || !isLoopback()) {
            return refusal("the API answers this machine only, because there are no credentials yet");
        }
        if (host == null || !HOSTS.contains(PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT))) {
            return refusal("the Host header must name localhost, 127.0.0.1 or [::1]");
        }
        if (origin != null
                && !origin.equalsIgnoreCase("http://" + host)
                && !origin.equalsIgnoreCase("https://" + host)) {
            return refusal("web pages of another origin may not ask");
        }
        return Optional.empty();
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
