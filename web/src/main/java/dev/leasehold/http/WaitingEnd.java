package dev.leasehold.http;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Answers those who still wait when the application ends, while they can be reached. */
@WebListener
public class WaitingEnd implements ServletContextListener {

    @Inject
    WaitingWorkers workers;

    @Inject
    WaitingReaders readers;

    @Override
    public void contextDestroyed(ServletContextEvent end) {
        workers.end();
        readers.end();
    }
}
