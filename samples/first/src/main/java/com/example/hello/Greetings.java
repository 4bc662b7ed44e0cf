package com.example.hello;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Payload;
import dev.leasehold.api.TaskQueue;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code POST} has somebody greeted, {@code GET} shows who was. */
@WebServlet("/greetings")
public class Greetings extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient TaskQueue queue;

    @Inject
    private transient Greet greet;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Payload name = Payload.text(request.getParameter("name"));
        response.getWriter().println(queue.submit(NewTask.of("greet").payload(name)));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        for (String said : greet.said()) {
            response.getWriter().println(said);
        }
    }
}
