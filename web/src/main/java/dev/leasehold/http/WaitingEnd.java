package dev.leasehold.http;

import dev.leasehold.timer.Drain;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Answers those who still wait when the application ends, while they can be reached, and then begins the drain: in an EAR
 * this module is the first to be taken away.
 */
@WebListener
public class WaitingEnd implements ServletContextListener {

    @Inject
    WaitingWorkers workers;

    @Inject
    WaitingReaders readers;

    @Inject
    EventStreams streams;

    @Inject
    Drain drain;

    @Override
    public void contextDestroyed(ServletContextEvent end) {
        try {
            workers.end();
            readers.end();
            streams.end();
        } finally {
            drain.run();
        }
    }
}
