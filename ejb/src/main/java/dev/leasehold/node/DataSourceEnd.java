package dev.leasehold.node;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;

/** Ends what {@link QueueDataSource} has opened when no bean of the application is left that could need it. */
public class DataSourceEnd implements Extension {

    void end(@Observes BeforeShutdown shutdown) {
        QueueDataSource.end();
    }
}
