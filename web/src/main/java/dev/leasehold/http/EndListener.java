package dev.leasehold.http;

import dev.leasehold.timer.Drain;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Begins the drain when this module is taken away, which in an EAR is the first of all. */
@WebListener
public class EndListener implements ServletContextListener {

    @Inject
    Drain drain;

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        drain.run();
    }
}
