package dev.leasehold.http;

import dev.leasehold.node.Node;
import dev.leasehold.node.Node.Hindrance;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells monitors whether the process lives ({@code /healthz}) and whether the node takes part ({@code /ready}). */
@WebServlet({"/healthz", "/ready"})
public class HealthServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    @Inject
    transient Node node;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!METHODS.contains(request.getMethod())) {
            response.setHeader("Allow", "GET, HEAD");
            ProblemServlet.answer(response, Problem.ofStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED));
        } else if (request.getServletPath().equals("/healthz")) {
            ProblemServlet.answer(response, HttpServletResponse.SC_OK, Json.write(Map.of("status", "ok")));
        } else {
            ready(response, node.hindrance());
        }
    }

    private static void ready(HttpServletResponse response, Optional<Hindrance> hindrance) throws IOException {
        if (hindrance.isPresent()) {
            ProblemServlet.answer(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, Json.write(hindrance.get()));
        } else {
            ProblemServlet.answer(response, HttpServletResponse.SC_OK, Json.write(Map.of("status", "ready")));
        }
    }
}
