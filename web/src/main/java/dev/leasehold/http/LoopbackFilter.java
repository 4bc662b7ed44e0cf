package dev.leasehold.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Lets only this machine's own users ask, until there are credentials. It stands before all other filters (web.xml). */
public class LoopbackFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final System.Logger LOG = System.getLogger(LoopbackFilter.class.getName());

    /** Says so once, at the start; a server may make its filters no earlier than the first request. */
    @WebListener
    public static class Notice implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent start) {
            LOG.log(Level.INFO, "the HTTP API answers loopback addresses only, because there are no credentials yet");
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Approach approach = new Approach(request.getRemoteAddr(), request::getHeader);
        Optional<Forbidden> refusal = approach.refusal();
        if (refusal.isPresent()) {
            ProblemServlet.answer(response, Problem.of(refusal.get()));
        } else {
            chain.doFilter(request, response);
        }
    }
}
