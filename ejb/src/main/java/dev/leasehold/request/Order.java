package dev.leasehold.request;

import dev.leasehold.api.Payload;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a payload asks for; all of it was checked but where it goes.
 *
 * @param method one of {@link #METHODS}
 * @param url as it was given
 * @param headers by name in any case of letters, with the body's content type
 * @param body null for none
 * @param followRedirects whether an answer that points elsewhere is followed
 * @param timeout for the whole of it, redirects and body included
 */
record Order(
        String method,
        String url,
        Map<String, String> headers,
        @Nullable Payload body,
        boolean followRedirects,
        Duration timeout) {

    /** The methods that may be asked for. */
    static final Set<String> METHODS = Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

    /** The order that follows an answer, by RFC 9110 15.4 and what browsers do. */
    Order redirected(int status, boolean elsewhere) {
        boolean get = status == 303 ? !method.equals("HEAD") : status < 303 && method.equals("POST");
        Map<String, String> kept = elsewhere ? RequestHeaders.forOthers(headers) : headers;
        return get
                ? new Order("GET", url, RequestHeaders.withoutBody(kept), null, followRedirects, timeout)
                : new Order(method, url, kept, body, followRedirects, timeout);
    }

    /** The same with headers where it has none of that name. */
    Order withUsual(Map<String, String> usual) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(usual);
        all.putAll(headers);
        return new Order(method, url, all, body, followRedirects, timeout);
    }
}
