package dev.leasehold.http;

import dev.leasehold.attempt.ErrorText;
import dev.leasehold.fault.Fault;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An error as clients see it (decisions 8).
 *
 * @param status the HTTP status, 400 to 599
 * @param error the word that programs compare
 * @param message the sentence that people read
 * @param details what it is about
 */
record Problem(int status, String error, String message, Map<String, Object> details) {

    private record Body(String error, String message, Map<String, Object> details) {}

    private static final System.Logger LOG = System.getLogger(Problem.class.getName());

    /** A refusal. Text that came from outside is made fit to be written. */
    static Problem of(Fault fault) {
        Map<String, Object> details = new TreeMap<>(fault.details());
        details.replaceAll((name, value) -> value instanceof String text ? ErrorText.clean(text) : value);
        return new Problem(status(fault.kind()), fault.code(), ErrorText.clean(fault.message()), details);
    }

    private static int status(Fault.Kind kind) {
        return switch (kind) {
            case MALFORMED -> 400;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case NOT_ALLOWED -> 405;
            case NOT_ACCEPTABLE -> 406;
            case CONFLICT -> 409;
            case GONE -> 410;
            case TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA -> 415;
            case INVALID -> 422;
            case TOO_MANY -> 429;
            case UNAVAILABLE -> 503;
        };
    }

    /** What the server found out by itself, before anything of ours was asked. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> plain(status, "bad_request", "the request cannot be understood");
            case 404 -> plain(status, "not_found", "there is nothing under this path");
            case 405 -> plain(status, "method_not_allowed", "this path does not answer to that method");
            case 406 -> plain(status, "not_acceptable", "answers are application/json only");
            case 413 -> plain(status, "request_too_large", "the request is larger than the server takes");
            case 415 -> plain(status, "unsupported_media_type", "the body must be application/json in UTF-8");
            case 503 -> plain(status, "unavailable", "the server does not answer now");
            default -> plain(status, "request_refused", "the server refused the request with status " + status);
        };
    }

    /** A failure nobody foresaw: logged under an id, which is all that the client gets to know. */
    static Problem failure(@Nullable Throwable cause) {
        String id = UUID.randomUUID().toString();
        LOG.log(Level.ERROR, "internal error " + id, cause);
        return plain(500, "internal_error", "internal error " + id);
    }

    /** The nearest refusal in the chain of causes, or else a failure. */
    static Problem ofThrown(@Nullable Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 50; depth++) {
            if (cause instanceof Fault fault) {
                return of(fault);
            }
            cause = cause.getCause();
        }
        return failure(thrown);
    }

    /** The seconds after which the client may ask again, if that may help. */
    @Nullable
    Integer retryAfter() {
        return status == 503 || status == 429 ? 1 : null;
    }

    byte[] json() {
        return Json.write(new Body(error, message, details));
    }

    private static Problem plain(int status, String error, String message) {
        return new Problem(status, error, message, Map.of());
    }
}
