package dev.leasehold.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/** Answers with a {@link Problem} whatever is thrown on the way of a request of the API. */
@Provider
public class Problems implements ExceptionMapper<Throwable> {

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof WebApplicationException known
                && known.getResponse().getStatus() != 500) {
            Response response = known.getResponse();
            return response.getStatus() < 400
                    ? response
                    : answer(Problem.ofStatus(response.getStatus()), response.getHeaderString(HttpHeaders.ALLOW));
        }
        return answer(Problem.ofThrown(thrown), null);
    }

    private static Response answer(Problem problem, @Nullable String allow) {
        return Response.status(problem.status())
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.ALLOW, allow)
                .header(HttpHeaders.RETRY_AFTER, problem.retryAfter())
                .entity(problem.json())
                .build();
    }
}
