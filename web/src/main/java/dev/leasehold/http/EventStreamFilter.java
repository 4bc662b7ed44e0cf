package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import dev.leasehold.tenant.Caller;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Answers those who follow events as they happen (http.md 2b, 4). Outside JAX-RS, which has a thread wait for each slow
 * reader on some servers.
 */
public class EventStreamFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String OF_FEED = "/api/v1/events/stream";
    private static final Pattern OF_RUN = Pattern.compile("/api/v1/runs/([^/]+)/events/stream");

    @Inject
    transient EventStreams streams;

    @Inject
    transient EventReading reading;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getServletPath() + Objects.toString(request.getPathInfo(), "");
        Matcher ofRun = OF_RUN.matcher(path);
        if (path.equals(OF_FEED)) {
            answer(request, response, query -> query.ofFeed(Caller.local()));
        } else if (ofRun.matches()) {
            answer(request, response, query -> reading.begin(query.ofRun(Caller.local(), Uuids.run(ofRun.group(1)))));
        } else {
            chain.doFilter(request, response);
        }
    }

    private void answer(
            HttpServletRequest request, HttpServletResponse response, Function<StreamQuery, Following> reader)
            throws IOException {
        if (!request.getMethod().equals("GET")) {
            response.setHeader("Allow", "GET");
            ProblemServlet.answer(response, Problem.ofStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED));
            return;
        }
        try {
            LaterHeaders.refuse(request.getMethod(), request::getHeader);
            streams.follow(reader.apply(query(request)), request, response);
        } catch (Fault refusal) {
            ProblemServlet.answer(response, Problem.of(refusal));
        }
    }

    private static StreamQuery query(HttpServletRequest request) {
        return new StreamQuery(
                request.getParameterMap().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, one -> Arrays.asList(one.getValue()))),
                request.getHeader("Last-Event-ID"));
    }
}
