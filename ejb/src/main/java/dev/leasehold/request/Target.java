package dev.leasehold.request;

import dev.leasehold.settings.HostPattern;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * Where a request goes, once it is known that it may.
 *
 * @param uri what the client is given: the very value that was checked
 * @param scheme {@code http} or {@code https}
 * @param host as {@link HostPattern#canonical} writes it
 * @param port never left open
 */
record Target(URI uri, String scheme, String host, int port) {

    private static final int LONGEST = 8192;
    private static final int LAST_PORT = 65_535;
    private static final String KEY = "leasehold.http-hosts";

    /**
     * Reads an absolute URL.
     *
     * @param allowed the hosts that may be asked
     * @throws UnsendableRequest when it is none, or one that may not be asked
     */
    static Target of(String url, List<HostPattern> allowed) {
        if (url.length() > LONGEST) {
            throw new UnsendableRequest("the URL has more than " + LONGEST + " characters");
        }
        try {
            return of(new URI(url), allowed);
        } catch (URISyntaxException e) {
            throw new UnsendableRequest("the URL cannot be read: " + e.getReason() + " at character " + e.getIndex());
        }
    }

    private static Target of(URI uri, List<HostPattern> allowed) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new UnsendableRequest("the URL must begin with http:// or https://");
        }
        if (String.valueOf(uri.getRawAuthority()).contains("@")) {
            throw new UnsendableRequest("the URL must not carry credentials; send the header Authorization");
        }
        int usual = usualPort(scheme);
        Target target = new Target(uri, scheme, host(uri), uri.getPort() < 0 ? usual : uri.getPort());
        target.requireAllowed(allowed, usual);
        return target;
    }

    private static String host(URI uri) {
        String host = uri.getHost() == null || uri.getHost().contains("%") ? "" : HostPattern.canonical(uri.getHost());
        if (host.isEmpty()) {
            throw new UnsendableRequest(
                    "the URL must name its host: in ASCII, without underscores or an address's zone");
        }
        return host;
    }

    private static int usualPort(String scheme) {
        return scheme.equals("http") ? 80 : 443;
    }

    private void requireAllowed(List<HostPattern> allowed, int usual) {
        if (port < 1 || port > LAST_PORT) {
            throw new UnsendableRequest("the URL's port must be from 1 to " + LAST_PORT);
        }
        if (allowed.isEmpty()) {
            throw new UnsendableRequest("no host may be asked: " + KEY + " is empty on this node");
        }
        if (allowed.stream().noneMatch(one -> one.allows(host, port, usual))) {
            throw new UnsendableRequest(host + ":" + port + " may not be asked: " + KEY + " does not list it");
        }
    }

    /**
     * Where a response points to.
     *
     * @throws UnsendableRequest when it may not be asked, or would be asked without the protection of TLS
     */
    Target redirected(String location, List<HostPattern> allowed) {
        try {
            Target next = of(resolved(location), allowed);
            if (scheme.equals("https") && next.scheme.equals("http")) {
                throw new UnsendableRequest("a redirect from https to http is not followed");
            }
            return next;
        } catch (URISyntaxException e) {
            throw new UnsendableRequest("the redirect's Location cannot be read");
        }
    }

    /** The URL that a Location stands for, by RFC 3986: {@link URI#resolve} does otherwise where a path is empty. */
    URI resolved(String location) throws URISyntaxException {
        URI reference = new URI(location);
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String base = uri.getScheme() + "://" + uri.getRawAuthority() + path;
        boolean samePath = reference.getScheme() == null
                && reference.getRawAuthority() == null
                && reference.getRawPath().isEmpty();
        if (!samePath) {
            return new URI(base).resolve(reference);
        }
        String query = reference.getRawQuery() == null ? uri.getRawQuery() : reference.getRawQuery();
        return new URI(query == null ? base : base + "?" + query);
    }

    /** Scheme, host and port: what messages may tell, since paths and queries can hold secrets. */
    String origin() {
        return scheme + "://" + host + (port == usualPort(scheme) ? "" : ":" + port);
    }
}
