package dev.leasehold.conformance;

import dev.leasehold.settings.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** Sets clock and settings again as a killed process left them, before the API answers anybody. */
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

    @PostConstruct
    void begin() {
        if (settings.dutiesByTimer()) {
            throw new IllegalStateException("the conformance kit needs -Dleasehold.duties=manual");
        }
        clock.restore();
        configuration.restore();
    }
}
