package dev.leasehold.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Answers the errors that the server makes outside the API, to which web.xml sends them all. A method is refused there
 * only by whatever serves static files, which are read.
 */
@WebServlet("/problem")
public class ProblemServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem problem = problem(request);
        if (problem.status() == HttpServletResponse.SC_METHOD_NOT_ALLOWED && !response.containsHeader("Allow")) {
            response.setHeader("Allow", "GET, HEAD");
        }
        answer(response, problem);
    }

    private static Problem problem(HttpServletRequest request) {
        Throwable thrown = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        int status = status((Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
        return thrown != null || status == 500 ? Problem.ofThrown(thrown) : Problem.ofStatus(status);
    }

    /** Somebody who comes here without an error finds nothing. */
    private static int status(@Nullable Integer status) {
        return status == null ? HttpServletResponse.SC_NOT_FOUND : status;
    }

    static void answer(HttpServletResponse response, Problem problem) throws IOException {
        if (problem.retryAfter() != null) {
            response.setIntHeader("Retry-After", problem.retryAfter());
        }
        answer(response, problem.status(), problem.json());
    }

    static void answer(HttpServletResponse response, int status, byte[] json) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
