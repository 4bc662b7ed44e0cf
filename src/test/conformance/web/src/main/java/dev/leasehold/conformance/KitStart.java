package dev.leasehold.conformance;

import dev.leasehold.metric.Meter;
import dev.leasehold.settings.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * Sets clock and settings again as a killed process left them, before the API answers anybody. With
 * {@code leasehold.duties=timers} the node lives by its own clock and timers, and the kit has only its handler to offer.
 */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class KitStart {

    @Inject
    Settings settings;

    @Inject
    KitClock clock;

    @Inject
    Configuration configuration;

    @Inject
    Meter meter;

    @Inject
    ActionQueueFamilies families;

    @PostConstruct
    void begin() {
        meter.registry().register(families);
        if (!settings.dutiesByTimer()) {
            clock.restore();
            configuration.restore();
        }
    }
}
