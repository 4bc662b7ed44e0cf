package dev.leasehold.http;

import dev.leasehold.gauge.MetricsPage;
import dev.leasehold.settings.Settings;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/** The metrics of this node, for Prometheus; nothing when they are switched off. */
@WebServlet("/metrics")
public class MetricsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    @Inject
    transient MetricsPage page;

    @Inject
    transient Settings settings;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!settings.metrics()) {
            ProblemServlet.answer(response, Problem.ofStatus(HttpServletResponse.SC_NOT_FOUND));
        } else if (!METHODS.contains(request.getMethod())) {
            response.setHeader("Allow", "GET, HEAD");
            ProblemServlet.answer(response, Problem.ofStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED));
        } else {
            byte[] text = page.text();
            response.setContentType(MetricsPage.CONTENT_TYPE);
            response.setContentLength(text.length);
            response.getOutputStream().write(text);
        }
    }
}
