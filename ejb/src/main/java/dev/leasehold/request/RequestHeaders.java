package dev.leasehold.request;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The bounds of what a payload may say in headers. Their values never stand in a message. */
final class RequestHeaders {

    private static final int MOST = 100;
    private static final int LONGEST = 8192;
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7E]*");
    private static final String OURS = "leasehold-";

    /** What says where a message begins and ends, or whom the connection is with. */
    private static final Set<String> TRANSPORT = Set.of(
            "connection",
            "content-length",
            "date",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via");

    /** What may go on to another origin: it holds no credentials. */
    private static final Set<String> HARMLESS =
            Set.of("accept", "accept-language", "content-type", "idempotency-key", "user-agent");

    private RequestHeaders() {}

    /**
     * Checks headers.
     *
     * @return by name, in any case of letters
     * @throws UnsendableRequest that names the first that may not be sent
     */
    static Map<String, String> checked(Map<String, String> given) {
        if (given.size() > MOST) {
            throw new UnsendableRequest("headers must have at most " + MOST + " members");
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.forEach((name, value) -> {
            requireName(name);
            if (!VALUE.matcher(value).matches() || value.length() > LONGEST) {
                throw new UnsendableRequest("header \"" + name + "\" must be at most " + LONGEST
                        + " printable ASCII characters, in one line");
            }
            if (headers.put(name, value) != null) {
                throw new UnsendableRequest("header \"" + name + "\" is given twice");
            }
        });
        return Collections.unmodifiableMap(headers);
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new UnsendableRequest("a header's name must be 1 to 100 letters, digits and !#$%&'*+-.^_`|~");
        }
        String small = name.toLowerCase(Locale.ROOT);
        if (TRANSPORT.contains(small) || small.startsWith("proxy-") || small.startsWith(OURS)) {
            throw new UnsendableRequest("header \"" + name + "\" is not the payload's to set");
        }
    }

    /** Those that may go on to another origin. */
    static Map<String, String> forOthers(Map<String, String> headers) {
        return only(headers, name -> HARMLESS.contains(name) || name.startsWith(OURS));
    }

    /** Those that say nothing about a body. */
    static Map<String, String> withoutBody(Map<String, String> headers) {
        return only(headers, name -> !name.startsWith("content-"));
    }

    private static Map<String, String> only(Map<String, String> headers, Predicate<String> wanted) {
        Map<String, String> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> {
            if (wanted.test(name.toLowerCase(Locale.ROOT))) {
                kept.put(name, value);
            }
        });
        return Collections.unmodifiableMap(kept);
    }
}
