package dev.leasehold.request;

import dev.leasehold.api.Outcome;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A response, and what it means for the run.
 *
 * @param asked method and origin, for messages
 * @param target what was asked
 * @param response what came
 */
record Answer(String asked, Target target, HttpResponse<Body> response) {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> LATER = Set.of(408, 425, 429);

    /** Where it points to, when it is a redirect that says so. */
    @Nullable
    String location() {
        return REDIRECTS.contains(response.statusCode())
                ? response.headers().firstValue("Location").orElse(null)
                : null;
    }

    /**
     * 2xx is success; 408, 425, 429 and 5xx are tried again, when the header Retry-After says if it can be read; all else is
     * final.
     *
     * @param largest how many bytes the output may have
     * @param now what a date in Retry-After is compared with
     */
    Outcome outcome(int largest, Instant now) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return Outcome.success(new Output(response).payload(largest));
        }
        String error = asked + " answered " + status + pointer();
        if (!LATER.contains(status) && (status < 500 || status > 599)) {
            return Outcome.fail(error);
        }
        Optional<Duration> after =
                response.headers().firstValue("Retry-After").map(header -> RetryAfter.read(header, now));
        return after.isPresent() ? Outcome.retry(error, after.get()) : Outcome.retry(error);
    }

    /** The Location without what may be secret in it: credentials, query, and a path that is the request's own. */
    private String pointer() {
        String location = location();
        if (location == null) {
            return "";
        }
        try {
            URI next = target.resolved(location);
            String path = String.valueOf(next.getRawPath());
            String shown = path.equals(target.uri().getRawPath()) ? " under the same path" : path;
            String port = next.getPort() < 0 ? "" : ":" + next.getPort();
            return ", pointing to " + next.getScheme() + "://" + next.getHost() + port + shown;
        } catch (URISyntaxException e) {
            return ", pointing to a Location that cannot be read";
        }
    }
}
