package dev.leasehold.bench.server;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** {@code POST /enqueue} and {@code /pace} submit tasks; {@code GET /committed}, {@code /begun} and {@code /stopped} answer the
 * instants. */
@WebServlet({"/enqueue", "/pace", "/committed", "/begun", "/stopped"})
public class EnqueueServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient Enqueuer enqueuer;

    @Inject
    private transient Instants instants;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            if (request.getServletPath().equals("/pace")) {
                enqueuer.pace(number(request, "runs"), number(request, "per_second"));
            } else {
                enqueuer.enqueue(number(request, "runs"), number(request, "threads"), number(request, "batch"));
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new ServletException(e);
        }
        answer(response, "{}");
    }

    private static int number(HttpServletRequest request, String parameter) {
        return Integer.parseInt(request.getParameter(parameter));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(
                response,
                json(
                        switch (request.getServletPath()) {
                            case "/begun" -> instants.begun();
                            case "/stopped" -> instants.stopped();
                            default -> instants.committed();
                        }));
    }

    private static String json(Map<UUID, Long> nanos) {
        return nanos.entrySet().stream()
                .map(one -> "\"" + one.getKey() + "\":" + one.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static void answer(HttpServletResponse response, String json) throws IOException {
        response.setContentType("application/json");
        response.getWriter().write(json);
    }
}
