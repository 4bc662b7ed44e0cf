package dev.leasehold.conformance;

import dev.leasehold.fault.Fault;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Errors in the shape of the product's (decisions 8); one that nobody foresaw says what it is, since this is a test. */
@Provider
public class Problems implements ExceptionMapper<Throwable> {

    private static final System.Logger LOG = System.getLogger(Problems.class.getName());
    private static final int DEEPEST = 50;

    private record Problem(String error, String message, Map<String, Object> details) {}

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof WebApplicationException known) {
            return ofServer(known.getResponse());
        }
        Fault fault = fault(thrown);
        if (fault != null) {
            return answer(status(fault.kind()), new Problem(fault.code(), fault.message(), fault.details()));
        }
        LOG.log(Level.ERROR, "the kit failed", thrown);
        return answer(500, new Problem("internal_error", thrown.toString(), Map.of()));
    }

    private static @Nullable Fault fault(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof Fault fault) {
                return fault;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static Response ofServer(Response response) {
        Response.StatusType status = response.getStatusInfo();
        String word = status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '_');
        return answer(status.getStatusCode(), new Problem(word, status.getReasonPhrase(), Map.of()));
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

    private static Response answer(int status, Problem problem) {
        Map<String, Object> body =
                Map.of("error", problem.error(), "message", problem.message(), "details", problem.details());
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(Json.write(body))
                .build();
    }
}
