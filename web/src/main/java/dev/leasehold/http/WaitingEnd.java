package dev.leasehold.http;

import dev.leasehold.node.QueueDataSource;
import dev.leasehold.timer.QueueTimers;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Answers those who still wait when the application ends, while they can be reached, and ends the queue with it: in an EAR
 * this module is the first to be taken away.
 */
@WebListener
public class WaitingEnd implements ServletContextListener {

    @Inject
    WaitingWorkers workers;

    @Inject
    WaitingReaders readers;

    @EJB
    QueueTimers timers;

    @Override
    public void contextDestroyed(ServletContextEvent end) {
        workers.end();
        readers.end();
        timers.end();
        QueueDataSource.end();
    }
}
